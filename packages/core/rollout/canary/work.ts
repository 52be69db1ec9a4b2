import type { CanaryFinding } from '../../explain/shape-decisions.ts';
import type { CanaryDimension } from './canary-measurement.ts';
import { compare, logs, meansAgainstUsual } from './compare.ts';

/** Standard deviation of the logarithm, at the least. */
const LEAST_DEVIATION = 0.005;

/**
 * Work per vCPU of the new type against the old one. All instances get the same share of the requests (S21), so in every interval the ratio of
 * busy vCPUs (CPU share x vCPUs) is the inverse ratio of speeds; the load of the interval cancels out.
 */
export const work: CanaryDimension = {
  name: 'work',
  isMeasured: () => true,
  judge: ({ measurement, test, counted, ...errors }) => {
    const limit = measurement.promised * (1 - test.margin);
    const unclear: CanaryFinding = { dimension: 'work', outcome: 'unclear', limit };
    if (!measurement.equalShares || counted.length < test.leastIntervals) return unclear;
    const perVcpu = {
      old: measurement.old.map(({ cpu }) => logs(cpu)),
      fresh: measurement.fresh.map(({ cpu }) => logs(cpu)),
    };
    const samples = meansAgainstUsual(perVcpu, counted, test.leastIntervals);
    const found = compare(samples, LEAST_DEVIATION, errors);
    if (found === undefined) return unclear;
    // Fewer busy vCPUs for the same work is a faster one.
    const log = Math.log(measurement.vcpus.old / measurement.vcpus.fresh) - found.difference;
    const low = Math.exp(log - found.toPass);
    const outcome =
      Math.exp(log + found.toCondemn) < limit
        ? 'worse'
        : low < limit
          ? 'unclear'
          : low > measurement.promised
            ? 'better'
            : 'fine';
    return {
      dimension: 'work',
      outcome,
      measured: Math.exp(log),
      low,
      high: Math.exp(log + found.toPass),
      limit,
    };
  },
};
