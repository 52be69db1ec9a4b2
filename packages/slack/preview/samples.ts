import { type Decision, FLEET, type LedgerEntry } from '@evenkeel/core/explain';
import { SAMPLE_DECISIONS } from './sample-decisions.ts';
import { FLEET_DECISIONS } from './sample-fleet.ts';
import { SHAPE_REVIEWED } from './sample-shape-reviewed.ts';
import { HOUR, later } from './sample-times.ts';

export { SAMPLE_DECISIONS } from './sample-decisions.ts';
export { SAMPLE_NOW } from './sample-times.ts';

const PLACE = { account: '210987654321', region: 'eu-west-1' };
const SAVED_DAY: Decision = {
  kind: 'savings',
  from: later(-33 * HOUR),
  until: later(-9 * HOUR),
  instanceHours: { before: 412, after: 331.5 },
  hotMinutes: { before: 3, after: 4 },
  replayError: 0.012,
  verified: true,
};

function entry(index: number, decision: Decision, workload: string): LedgerEntry {
  const asks = ('asks' in decision && decision.asks) || decision.kind === 'mode-offer';
  const onFleet = workload === FLEET;
  return {
    id: `sample-${String(index).padStart(2, '0')}`,
    at: later(index),
    workload,
    group: onFleet ? FLEET : 'checkout-web',
    ...(!onFleet && { place: PLACE }),
    decision,
    outcome: asks ? { kind: 'told', because: 'asks' } : { kind: 'applied' },
    excuses: [],
  };
}

/** A ledger entry of every kind, those that only an excuse or an outcome makes included. */
export const SAMPLE_ENTRIES: readonly LedgerEntry[] = [
  ...SAMPLE_DECISIONS.map((decision, index) => entry(index, decision, 'checkout')),
  ...FLEET_DECISIONS.map((decision, index) => entry(SAMPLE_DECISIONS.length + index, decision, FLEET)),
  {
    ...entry(60, { kind: 'target', from: 50, to: 55, owner: 50 }, 'search'),
    outcome: { kind: 'told', because: 'mode-does-not-allow' },
  },
  {
    ...entry(61, { kind: 'target', from: 50, to: 55, owner: 50 }, 'billing'),
    outcome: { kind: 'failed', message: 'not authorized to perform: autoscaling:PutScalingPolicy' },
  },
  {
    ...entry(62, SAMPLE_DECISIONS[0]!, 'billing'),
    outcome: { kind: 'applied', after: { times: 14, since: later(-8) } },
  },
  {
    id: 'sample-62',
    at: later(62),
    workload: 'reports',
    group: 'reports-batch',
    place: PLACE,
    excuses: [
      {
        code: 'wrong-tag',
        bottleneck: 'evenkeel:tier',
        facts: { key: 'evenkeel:tier', value: 'high', write: '0, 1, 2 or 3 (0 is the most critical)' },
      },
    ],
  },
  entry(63, SAVED_DAY, 'checkout'),
  {
    ...entry(64, SAMPLE_DECISIONS[0]!, 'search'),
    outcome: { kind: 'told', because: 'mode-does-not-allow' },
  },
  ...['api', 'cart', 'catalog', 'feeds', 'images', 'search'].map((workload, index) => ({
    ...entry(
      70 + index,
      {
        kind: 'launch-shortage',
        type: 'c7g.xlarge',
        zone: 'eu-west-1a',
        purchase: 'spot',
        wanted: 4 + index,
        missing: 1 + index,
        avoidedUntil: later(6 * HOUR),
        alternatives: ['c6g.xlarge'],
      },
      workload,
    ),
    group: `${workload}-web`,
  })),
  entry(
    77,
    {
      kind: 'spot-thrashing',
      taken: 7,
      of: 18,
      withinMinutes: HOUR,
      limit: 0.2,
      types: ['c7g.xlarge', 'c6g.xlarge'],
      zones: ['eu-west-1a', 'eu-west-1b', 'eu-west-1c'],
      spotShare: 0.6,
    },
    'feeds',
  ),
  {
    ...entry(75, SHAPE_REVIEWED, 'licences'),
    outcome: { kind: 'nothing-to-do' },
  },
];
