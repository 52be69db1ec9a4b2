import type { Dimension } from './dimension.ts';

/**
 * Memory of each instance. Fewer instances carry more each; more instances do not need less each, because a process keeps its code, caches
 * and pools however little it serves. So the limit is put on the load as it was measured.
 */
export const memory: Dimension = {
  name: 'memory',
  breach: 'outage',
  loadOf: (history) => history.memory,
  limitOf: (type, count, { rules, measuredAt }) =>
    (rules.memoryShare * type.memoryGiB - rules.systemMemoryGiB) / Math.max(1, measuredAt / count),
};
