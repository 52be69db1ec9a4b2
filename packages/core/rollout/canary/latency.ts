import type { CanaryDimension } from './canary-measurement.ts';
import { compare, logs, meansAgainstUsual, seriesOf } from './compare.ts';
import { upTo } from './outcome.ts';

/** Standard deviation of the logarithm, at the least. */
const LEAST_DEVIATION = 0.01;

/**
 * Seconds of a request against the old instances'. Smaller instances are busier at the same share than they will be after the change; the guard
 * on shares (S21) keeps them within the SLO utilisation, up to which latency is to be flat.
 */
export const latency: CanaryDimension = {
  name: 'latency',
  isMeasured: (measurement) => seriesOf(measurement, 'latencySeconds') !== undefined,
  judge: ({ measurement, test, counted, ...errors }) => {
    const limit = 1 + test.latencyMargin;
    const series = seriesOf(measurement, 'latencySeconds');
    if (series === undefined) return { dimension: 'latency', outcome: 'not-measured' };
    const inLogs = { old: series.old.map(logs), fresh: series.fresh.map(logs) };
    const found = compare(meansAgainstUsual(inLogs, counted, test.leastIntervals), LEAST_DEVIATION, errors);
    if (found === undefined) return { dimension: 'latency', outcome: 'unclear', limit };
    return {
      dimension: 'latency',
      outcome: upTo(Math.log(limit), found),
      measured: Math.exp(found.difference),
      low: Math.exp(found.difference - found.toPass),
      high: Math.exp(found.difference + found.toPass),
      limit,
    };
  },
};
