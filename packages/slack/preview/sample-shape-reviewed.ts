import type { Decision } from '@evenkeel/core/explain';

/** Nothing to do: kept for `evenkeel explain --shape`, told to nobody. */
export const SHAPE_REVIEWED: Decision = {
  kind: 'shape-reviewed',
  shape: { types: ['m7g.large'], count: 2 },
  because: 'saves-too-little',
  choice: {
    considered: 2,
    present: { type: 'm7g.large', count: 2, peak: 2, dollarsPerMonth: 117.5, withRisk: 117.5 },
    top: [{ type: 'm8g.large', count: 2, peak: 2, dollarsPerMonth: 114.2, withRisk: 114.2 }],
    rejected: [],
    verdict: { savingsShare: 0.028, disruptionShare: 0.23, score: 0.12, reason: 'saves-too-little' },
    historyDays: 14,
    memory: 'present',
    zonesAtRisk: 0,
    priceBasis: 'list',
  },
};
