import type { Decision } from '@evenkeel/core/explain';
import { DAY, HOUR, later, SAMPLE_NOW } from './sample-times.ts';

/** Decisions that concern the whole fleet. */
export const FLEET_DECISIONS: readonly Decision[] = [
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
