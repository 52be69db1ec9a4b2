import type { CanaryDimension } from './canary-measurement.ts';
import { compare, meansAgainstUsual, seriesOf } from './compare.ts';
import { upTo } from './outcome.ts';

/** Standard deviation of an instance's share of failed requests, at the least. */
const LEAST_DEVIATION = 0.001;

/** How much more of its requests fail on a new instance than on an old one, as a share of all: what fails on both is not the canary's doing. */
export const errors: CanaryDimension = {
  name: 'errors',
  isMeasured: (measurement) => seriesOf(measurement, 'errorShare') !== undefined,
  judge: ({ measurement, test, counted, ...levels }) => {
    const limit = test.errorMargin;
    const series = seriesOf(measurement, 'errorShare');
    if (series === undefined) return { dimension: 'errors', outcome: 'not-measured' };
    const found = compare(meansAgainstUsual(series, counted, test.leastIntervals), LEAST_DEVIATION, levels);
    if (found === undefined) return { dimension: 'errors', outcome: 'unclear', limit };
    const { difference, toPass } = found;
    const outcome = upTo(limit, found);
    return {
      dimension: 'errors',
      outcome,
      measured: difference,
      low: difference - toPass,
      high: difference + toPass,
      limit,
    };
  },
};
