import { type Decision, FLEET, type LedgerEntry } from '@evenkeel/core/explain';
import { type Minute, minute } from '@evenkeel/core/quantities';
import { SHAPE_REVIEWED } from './sample-shape-reviewed.ts';

/** A made-up Monday morning; samples never depend on the clock. */
export const SAMPLE_NOW: Minute = minute(29_663_100);
const HOUR = 60;
const DAY = 1440;
const later = (minutes: number) => minute(SAMPLE_NOW + minutes);

const PLACE = { account: '210987654321', region: 'eu-west-1' };
const M6I = { types: ['m6i.large'], architecture: 'x86_64', count: 12 } as const;
const M7G = { types: ['m7g.large', 'm6g.large'], architecture: 'arm64', count: 10 } as const;
const SAVES = {
  dollarsPerMonth: { before: 840.96, after: 595.68 },
  priceBasis: 'list',
  hotMinutesPerDay: { before: 1.4, after: 1.2 },
  launchesPerDay: { before: 31, after: 22 },
} as const;

/** A decision of every kind, with the numbers of one plausible week: what previews and golden files show. */
export const SAMPLE_DECISIONS: readonly Decision[] = [
  {
    kind: 'floors',
    floorBefore: 8,
    floorNow: 11,
    peak: { floor: 22, at: later(3 * HOUR) },
    strategy: 'ensemble q90 + tt-60',
    put: 6,
    removed: 2,
  },
  { kind: 'target', from: 50, to: 55, owner: 50, expected: SAVES },
  { kind: 'target', from: 50, to: 58, owner: 50, expected: SAVES, asks: { expires: later(3 * DAY) } },
  {
    kind: 'strategy',
    from: 'seasonal q90 + tt-50',
    to: 'ensemble q90 + tt-60',
    score: 1.284,
    runnerUp: { strategy: 'level q95 + tt-60', score: 1.311 },
    ownerScore: 1.662,
    historyDays: 28,
    expected: SAVES,
  },
  { kind: 'adoption', homeMinSize: 4, homeTarget: 50, tier: 1, mode: 'observe' },
  { kind: 'adoption', homeMinSize: 6, homeTarget: 55 },
  { kind: 'give-back', reason: 'no-profile' },
  {
    kind: 'shape-proposed',
    from: M6I,
    to: M7G,
    expected: SAVES,
    performanceFactor: 1.21,
    priceFactor: 0.85,
    asks: true,
    expires: later(7 * DAY),
  },
  {
    kind: 'shape-started',
    from: M6I,
    to: M7G,
    expected: SAVES,
    rollout: 'r-7f3a',
    canaryInstances: 2,
    measureFor: 2 * HOUR,
    approvedBy: 'slack:U024BE7LH',
  },
  {
    kind: 'canary-verdict',
    rollout: 'r-7f3a',
    from: M6I,
    to: M7G,
    verdict: 'same',
    performanceFactor: { before: 1.21, after: 1.18 },
    confidence: 0.95,
    canaryInstances: 2,
    measuredFor: 95,
    next: 'finish',
  },
  {
    kind: 'canary-verdict',
    rollout: 'r-91c0',
    from: M6I,
    to: M7G,
    verdict: 'worse',
    performanceFactor: { before: 1.21, after: 0.93 },
    confidence: 0.99,
    canaryInstances: 2,
    measuredFor: 60,
    next: 'roll-back',
  },
  { kind: 'shape-finished', from: M6I, to: M7G, expected: SAVES, rollout: 'r-7f3a', took: 205 },
  {
    kind: 'shape-rolled-back',
    rollout: 'r-91c0',
    tried: M7G,
    back: M6I,
    reason: 'canary-worse',
    broke: { name: 'work per vCPU', value: 0.93, limit: 1.06 },
    notBefore: later(90 * DAY),
  },
  { kind: 'shape-verified', rollout: 'r-7f3a', to: M7G, promised: 245.28, measured: 231.4 },
  {
    kind: 'boost',
    floorBefore: 14,
    floorNow: 20,
    until: later(2 * HOUR),
    source: 'alarm',
    by: 'checkout-queue-depth',
    reading: { value: 1840, threshold: 500 },
  },
  {
    kind: 'boost-ended',
    name: 'alarm checkout-queue-depth',
    from: later(-2 * HOUR),
    until: later(0),
    floorBefore: 20,
    floorNow: 14,
    highestNeed: 18,
    extraInstanceHours: 12,
    because: 'expired',
  },
  {
    kind: 'boost-ended',
    name: 'autumn sale',
    from: later(-9 * HOUR),
    until: later(0),
    floorBefore: 61,
    floorNow: 22,
    highestNeed: 37,
    extraInstanceHours: 351,
    because: 'expired',
  },
  {
    kind: 'launch-shortage',
    type: 'm7g.large',
    zone: 'eu-west-1b',
    purchase: 'on-demand',
    wanted: 6,
    missing: 2,
    avoidedUntil: later(6 * HOUR),
    alternatives: ['m6g.large', 'm7i.large'],
  },
  { kind: 'coming-shortage', at: later(DAY), needs: 46, limit: 'MaxSize', allows: 40, setTo: 58 },
  {
    kind: 'coming-shortage',
    at: later(DAY),
    needs: 46,
    limit: 'vCPU quota',
    allows: 32,
    setTo: 675,
    quota: {
      name: 'Running On-Demand Standard (A, C, D, H, I, M, R, T, Z) instances',
      code: 'L-1216C47A',
      allowed: 512,
    },
  },
  {
    kind: 'coming-shortage',
    at: later(DAY),
    needs: 46,
    limit: 'subnet addresses',
    allows: 41,
    setTo: 34,
    subnets: [
      { id: 'subnet-0a1b2c3d', free: 9 },
      { id: 'subnet-4e5f6a7b', free: 20 },
    ],
  },
  {
    kind: 'expected-event',
    name: 'autumn sale',
    from: later(4 * DAY),
    until: later(4 * DAY + 9 * HOUR),
    factor: 3,
    by: 'slack:U024BE7LH',
    peakFloor: { before: 22, after: 61 },
  },
  {
    kind: 'hold',
    hold: 'human-override',
    scope: 'group',
    by: 'alice',
    until: later(DAY),
    change: { field: 'MinSize', before: 8, after: 20 },
  },
  { kind: 'hold', hold: 'paused', scope: 'workload', by: 'slack:U024BE7LH', note: 'load test' },
  { kind: 'release', hold: 'human-override', because: 'expired' },
  { kind: 'reset', by: 'Terraform', field: 'MinSize', wrote: 4, restored: 11, timesThisWeek: 2 },
  {
    kind: 'footing-lost',
    coverage: 0.71,
    intended: 0.967,
    hours: 24,
    from: 'ensemble q90 + tt-60',
    to: 'tt-50',
  },
  { kind: 'footing-regained', coverage: 0.97, intended: 0.967, from: 'tt-50', to: 'ensemble q90 + tt-60' },
  {
    kind: 'mode-offer',
    from: 'observe',
    to: 'auto',
    observedDays: 14,
    expected: SAVES,
    expires: later(14 * DAY),
  },
  { kind: 'answer', answer: 'approve', to: 'sample-06', by: 'slack:U024BE7LH' },
];

const FLEET_DECISIONS: readonly Decision[] = [
  {
    kind: 'degraded',
    part: 'ticks',
    since: later(-20),
    groups: { affected: 31, all: 240 },
    planReaches: later(23 * HOUR),
    message: '210987654321/eu-west-1: the execution role may not PutScheduledUpdateGroupAction',
  },
  {
    kind: 'degraded',
    part: 'metrics',
    since: later(-20),
    groups: { affected: 180, all: 240 },
    message: '210987654321/eu-west-1: CloudWatch throttled every call',
  },
  { kind: 'degraded', part: 'slack', since: later(-40), waiting: 7, message: 'Slack answered 503' },
  { kind: 'recovered', part: 'ticks', since: later(-20), until: later(25) },
  { kind: 'brake', anomalous: 19, all: 240, limit: 0.05 },
  {
    kind: 'digest',
    from: later(-7 * DAY),
    until: SAMPLE_NOW,
    replayError: 0.031,
    workloads: [
      {
        workload: 'search',
        dollarsPerMonth: { before: 2210, after: 1480 },
        hotMinutesPerDay: { before: 3.1, after: 2.2 },
        changes: 2,
      },
      {
        workload: 'checkout',
        dollarsPerMonth: { before: 840.96, after: 595.68 },
        hotMinutesPerDay: { before: 1.4, after: 1.2 },
        changes: 3,
      },
      { workload: 'reports', changes: 0 },
      {
        workload: 'ledger',
        dollarsPerMonth: { before: 310, after: 322 },
        hotMinutesPerDay: { before: 6, after: 0.2 },
        changes: 1,
      },
    ],
    waiting: [
      { id: 'sample-06', workload: 'checkout', line: '12 x m6i.large → 10 x m7g.large, $245 less a month' },
    ],
    undelivered: [],
  },
];

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
