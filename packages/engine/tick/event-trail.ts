import { type Instances, MINUTES_PER_HOUR, type Minute } from '@evenkeel/core/quantities';
import type { WorkloadPolicy } from '@evenkeel/core/workload';
import type { ExpectedEvent, StandingEvent } from '../ports/index.ts';
import { decide, type Run, remember } from '../run/run.ts';
import type { DecidedFloors } from './decide-floors.ts';

/**
 * Follows what was announced or asked for while the floors stand on it, and tells, once per group, when it is over: what it was for, what
 * it held and what demand needed of it.
 */
export function followEvents(run: Run, policy: WorkloadPolicy, floors: DecidedFloors): void {
  const writes = policy.mode === 'approve' || policy.mode === 'auto';
  const before = run.record.events ?? [];
  const now = writes ? floors.events.inForce : [];
  if (before.length === 0 && now.length === 0) return;
  const standing = now.map((event) => standingNow(run, floors, event));
  const names = new Set(standing.map(({ name }) => name));
  if (writes) for (const each of before.filter(({ name }) => !names.has(name))) tellEnd(run, each);
  remember(run, { events: standing.length === 0 ? undefined : standing });
}

/** How many instances there were when an event began: seen by the first tick of it, else what there are now. */
export function sizeBefore({ record, group }: Run, event: ExpectedEvent): Instances {
  return record.events?.find(({ name }) => name === event.name)?.sizeBefore ?? group.desired;
}

/** The event as it stands after this tick, with what it has held so far. */
function standingNow(run: Run, floors: DecidedFloors, event: ExpectedEvent): StandingEvent {
  const known = run.record.events?.find(({ name }) => name === event.name);
  const floor = run.record.lastFloor ?? run.group.size.min;
  const need = needOf(floors);
  const highest = Math.max(known?.highestNeed ?? 0, need ?? 0);
  return {
    name: event.name,
    from: Math.min(known?.from ?? event.from, event.from) as Minute,
    until: event.until,
    sizeBefore: sizeBefore(run, event),
    floor: Math.max(known?.floor ?? 0, floor),
    ...(highest > 0 && { highestNeed: highest }),
    onTop: Math.max(0, floor - Math.max(floors.events.floorWithout, run.record.home.minSize)),
    extra: extraUntil(known, run.minute),
    seenAt: run.minute,
  };
}

function needOf({ demandNow, sloUtilisation }: DecidedFloors): Instances | undefined {
  return demandNow === undefined ? undefined : Math.ceil(demandNow / sloUtilisation);
}

/** Instance-minutes of floor on top of the plan: what stood on top at the last tick stood until now. */
function extraUntil(event: StandingEvent | undefined, at: Minute): number {
  if (event === undefined) return 0;
  const end = Math.min(at, event.until);
  return event.extra + event.onTop * Math.max(0, end - event.seenAt);
}

function tellEnd(run: Run, event: StandingEvent): void {
  const expired = event.until <= run.minute;
  const { name, from, floor, highestNeed } = event;
  const until = expired ? event.until : run.minute;
  decide(
    run,
    {
      kind: 'boost-ended',
      name,
      from,
      until,
      floorBefore: floor,
      floorNow: run.record.lastFloor ?? run.group.size.min,
      extraInstanceHours: Number((extraUntil(event, run.minute) / MINUTES_PER_HOUR).toFixed(1)),
      ...(highestNeed !== undefined && { highestNeed }),
      because: expired ? 'expired' : 'ended-by-person',
    },
    { kind: 'applied' },
    `boost-ended/${name}/${until}`,
  );
}
