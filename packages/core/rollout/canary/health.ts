import type { CanaryDimension, CanaryInstance } from './canary-measurement.ts';

/** Share of intervals with a failed check from which on an instance counts as sick. */
const SICK_SHARE = 0.05;
/** An instance in service is sick at a given moment with this probability, unless the old ones show a higher one. */
const USUALLY_SICK = 0.001;

/**
 * How many of the new instances are sick. That none is says nothing for sure of so few, so this dimension only ever speaks against a canary: by
 * the binomial tail, the probability of as many sick ones if they were no sicker than instances are.
 */
export const health: CanaryDimension = {
  name: 'health',
  isMeasured: ({ fresh }) => fresh.length > 0,
  judge: ({ measurement: { old, fresh }, condemnError }) => {
    if (fresh.length === 0) return { dimension: 'health', outcome: 'not-measured' };
    const sick = fresh.filter(isSick).length;
    const measured = sick / fresh.length;
    if (sick === 0) return { dimension: 'health', outcome: 'fine', measured, limit: 0 };
    const usual = old.length === 0 ? 0 : old.filter(isSick).length / old.length;
    const chance = atLeast(sick, fresh.length, Math.max(USUALLY_SICK, usual));
    return {
      dimension: 'health',
      outcome: chance < condemnError ? 'worse' : 'unclear',
      measured,
      limit: usual,
    };
  },
};

function isSick({ healthy, failedChecks }: CanaryInstance): boolean {
  if (!healthy) return true;
  const known = Array.from(failedChecks ?? []).filter((share) => !Number.isNaN(share));
  return known.filter((share) => share > 0).length > SICK_SHARE * known.length;
}

/** P(at least `count` of `all`) where each has the probability `each`. */
function atLeast(count: number, all: number, each: number): number {
  let below = 0;
  let term = (1 - each) ** all;
  for (let k = 0; k < count; k++) {
    below += term;
    term *= ((all - k) / (k + 1)) * (each / (1 - each));
  }
  return each >= 1 ? 1 : Math.max(0, 1 - below);
}
