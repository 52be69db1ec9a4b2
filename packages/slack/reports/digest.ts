import {
  type BeforeAfter,
  type DecisionKind,
  type DigestDecision,
  type DigestLine,
  FLEET,
  type LedgerEntry,
} from '@evenkeel/core/explain';
import { type Instant, MINUTES_PER_WEEK, type Minute, minuteOf } from '@evenkeel/core/quantities';
import type { Ledger } from '@evenkeel/engine/ports';
import { entriesSince } from './end-of-day.ts';

/** What counts as a change people would name when they tell of their week. */
const CHANGES: ReadonlySet<DecisionKind> = new Set([
  'target',
  'strategy',
  'shape-finished',
  'shape-rolled-back',
  'adoption',
]);

/** The week of every workload as one ledger entry; the same week gives the same entry. */
export async function weeklyDigest(options: {
  readonly ledger: Ledger;
  readonly workloads: readonly string[];
  readonly now: Instant;
  readonly waiting: DigestDecision['waiting'];
  readonly undelivered: DigestDecision['undelivered'];
}): Promise<LedgerEntry> {
  const until = minuteOf(options.now);
  const from = (until - MINUTES_PER_WEEK) as Minute;
  const lines: DigestLine[] = [];
  const errors: number[] = [];
  for (const workload of [...new Set(options.workloads)].sort()) {
    const entries = await entriesSince(options.ledger, workload, from);
    lines.push(lineOf(workload, entries));
    errors.push(
      ...entries.flatMap(({ decision }) =>
        decision?.kind === 'savings' ? [Math.abs(decision.replayError)] : [],
      ),
    );
  }
  const { waiting, undelivered } = options;
  const decision: DigestDecision = {
    kind: 'digest',
    from,
    until,
    workloads: lines,
    waiting,
    undelivered,
    ...(errors.length > 0 && { replayError: errors.reduce((sum, error) => sum + error, 0) / errors.length }),
  };
  return {
    id: `digest/${Math.floor(until / MINUTES_PER_WEEK)}`,
    at: until,
    workload: FLEET,
    group: FLEET,
    decision,
    outcome: { kind: 'applied' },
    excuses: [],
  };
}

function lineOf(workload: string, entries: readonly LedgerEntry[]): DigestLine {
  const changes = entries.filter(
    ({ decision, outcome }) =>
      decision !== undefined && outcome?.kind === 'applied' && CHANGES.has(decision.kind),
  );
  // Only days whose replay matches count as saved (S9).
  const days = entries.flatMap(({ decision }) =>
    decision?.kind === 'savings' && decision.verified ? [decision] : [],
  );
  if (days.length === 0) return { workload, changes: changes.length };
  const hours = sum(days.map((day) => day.instanceHours));
  const hot = sum(days.map((day) => day.hotMinutes));
  return {
    workload,
    changes: changes.length,
    instanceHours: hours,
    hotMinutesPerDay: { before: hot.before / days.length, after: hot.after / days.length },
  };
}

function sum(values: readonly BeforeAfter[]): BeforeAfter {
  return values.reduce(
    (total, value) => ({ before: total.before + value.before, after: total.after + value.after }),
    { before: 0, after: 0 },
  );
}
