import { carriedForward } from '@evenkeel/core/demand';
import { tunablePolicy } from '@evenkeel/core/guard';
import { MINUTES_PER_DAY, type Minute } from '@evenkeel/core/quantities';
import { type DayFigures, dayFigures, GATE_DAYS, type ReplayGate, replayGate } from '@evenkeel/core/savings';
import type { WorkloadPolicy } from '@evenkeel/core/workload';
import type { DemandReading } from '../ports/index.ts';
import { decide, excuse, type Run, remember } from '../run/run.ts';
import { floorsFromTrail } from '../tick/floor-trail.ts';
import { worldOf } from './learn.ts';

/** A replay of a day begins this long before it, so that its first size does not matter. */
const WARM_UP_MINUTES = 6 * 60;
const FULL_ENOUGH = 0.5;

/**
 * S9 and verified savings: yesterday is replayed with the configuration that was in force, which says how far the kernel can be
 * believed, and with the owner's, which says what was saved. At first sight the two weeks before are replayed too.
 */
export function verify(run: Run, policy: WorkloadPolicy, reading: DemandReading): ReplayGate {
  const tunable = tunablePolicy(run.group.policies);
  const owner = run.record.home.policy;
  if (tunable.kind === 'not-tunable' || owner === undefined) return { kind: 'not-measured' };
  const known = new Set((run.record.days ?? []).map((day) => day.from));
  const today = Math.floor(run.minute / MINUTES_PER_DAY) * MINUTES_PER_DAY;
  const figures: DayFigures[] = [];
  for (let back = GATE_DAYS; back >= 1; back--) {
    const from = (today - back * MINUTES_PER_DAY) as Minute;
    // Of days under Evenkeel only yesterday's floors are still known.
    if (known.has(from) || (back > 1 && from + MINUTES_PER_DAY > run.record.adoptedAt)) continue;
    if (changedShape(run, from)) continue;
    const day = figuresOf(run, policy, reading, { from, target: tunable.policy.target / 100 });
    if (day) figures.push(day);
  }
  const days = [...(run.record.days ?? []), ...figures].slice(-GATE_DAYS);
  remember(run, { days });
  const gate = replayGate(days);
  if (gate.kind === 'does-not-match') excuse(run, gate.excuse);
  const yesterday = figures.find((day) => day.from === today - MINUTES_PER_DAY);
  if (yesterday) tellSavings(run, yesterday, gate);
  return gate;
}

/** Old and new instances side by side, and the owner's target while they stood: no day to judge a replay by. A canary stands a day at most. */
function changedShape({ record }: Run, from: Minute): boolean {
  return (record.shapes ?? []).some(({ at }) => from < at && from + MINUTES_PER_DAY > at - MINUTES_PER_DAY);
}

function figuresOf(
  run: Run,
  policy: WorkloadPolicy,
  reading: DemandReading,
  day: { readonly from: Minute; readonly target: number },
): DayFigures | undefined {
  const { demand, inService } = reading;
  const start = (day.from - WARM_UP_MINUTES) as Minute;
  const first = start - demand.start;
  const length = WARM_UP_MINUTES + MINUTES_PER_DAY;
  if (first < 0 || first + length > demand.values.length) return undefined;
  const values = demand.values.slice(first, first + length);
  const measured = values.filter((value) => !Number.isNaN(value)).length;
  if (measured < FULL_ENOUGH * length) return undefined;
  const before = day.from + MINUTES_PER_DAY <= run.record.adoptedAt;
  const owner = run.record.home.policy!.target / 100;
  return dayFigures({
    world: worldOf(run, policy, reading.periodMinutes),
    demand: carriedForward(values),
    start,
    from: day.from,
    inService: inService.slice(first, first + length),
    ownerTarget: owner,
    target: before ? owner : day.target,
    ...(before ? {} : { floors: floorsFromTrail(run, start, length) }),
  });
}

/** A saving is told only of a day on which something of ours was in force. */
function tellSavings(run: Run, day: DayFigures, gate: ReplayGate): void {
  const until = (day.from + MINUTES_PER_DAY) as Minute;
  const home = run.record.home.minSize;
  const floors = (run.record.floorTrail ?? []).some(([at, min]) => at < until && min > home);
  if ((!floors && run.record.target === undefined) || day.minutes === 0) return;
  decide(
    run,
    {
      kind: 'savings',
      from: day.from,
      until,
      instanceHours: { before: day.owner.capacity / 60, after: day.measured.capacity / 60 },
      hotMinutes: { before: day.owner.hotMinutes, after: day.measured.hotMinutes },
      replayError: gate.kind === 'not-measured' ? 0 : gate.error,
      verified: gate.kind === 'matches',
    },
    { kind: 'told', because: 'verified' },
  );
}
