import { holdReason } from '@evenkeel/core/explain';
import { nameStrategy, type Profile, RECENT_MINUTES } from '@evenkeel/core/forecast';
import { expandSteps, floorsAhead, isOurs } from '@evenkeel/core/plan';
import {
  type Instances,
  MINUTES_PER_DAY,
  type Minute,
  type Minutes,
  TICK_MINUTES,
} from '@evenkeel/core/quantities';
import { type Mode, parsePolicy, seriesKey, WORKLOAD_TAG } from '@evenkeel/core/workload';
import { loadProfile, loadRecord } from '@evenkeel/engine';
import { type GroupRecord, type GroupSnapshot, groupKey, type Ports } from '@evenkeel/engine/ports';

/** A floor and the minute it holds from. */
export interface FloorFrom {
  readonly from: Minute;
  readonly floor: Instances;
}

/** The floors of a group's next day, and the day before them. */
export interface GroupPlan {
  readonly group: string;
  readonly workload: string;
  readonly mode: Mode;
  readonly minSize: Instances;
  /** The owner's own minimum; absent before adoption. */
  readonly home?: Instances;
  readonly maxSize: Instances;
  readonly inService: Instances;
  /** `written`: stands in the group as scheduled actions. `told`: what the plan would be, did the mode allow writing it. */
  readonly standing: 'written' | 'told' | 'none';
  /** Why there is no plan, in words; absent where there is one. */
  readonly because?: string;
  readonly strategy?: string;
  /** Each floor that differs from the one before it, from now on. */
  readonly floors: readonly FloorFrom[];
  readonly picture: Picture;
}

/** Minute by minute, in instances; NaN where nothing is known. `now` is an index: before it things are measured, from it on planned. */
export interface Picture {
  readonly start: Minute;
  readonly now: number;
  /** Measured, and from now on what the profile foresees at the most. */
  readonly need: Float64Array;
  readonly inService: Float64Array;
  readonly floors: Float64Array;
}

/** How much of the time before now the terminal shows. */
const BEFORE = 12 * 60;
const AHEAD = MINUTES_PER_DAY;

type PlanPorts = Pick<Ports, 'records' | 'profiles' | 'settings' | 'metrics' | 'holds' | 'scheduledActions'>;

/** The plan of a group as it stands; where nothing is written, as it would be. Undefined where its tags are wrong. */
export async function groupPlan(
  ports: PlanPorts,
  group: GroupSnapshot,
  now: Minute,
  { before = BEFORE }: { readonly before?: Minutes } = {},
): Promise<GroupPlan | undefined> {
  const workload = group.tags[WORKLOAD_TAG] ?? '';
  const parsed = parsePolicy(group.tags, (await ports.settings.load(workload)).mode);
  if (!parsed.ok) return undefined;
  const { policy } = parsed;
  const record = await loadRecord(ports, group.ref);
  const profile = await loadProfile(ports, seriesKey(policy));
  const reading = await ports.metrics.demand(group.ref, (now - RECENT_MINUTES) as Minute, now);
  const actions = await ports.scheduledActions.list(group.ref);
  const [hold] = await ports.holds.inForce({ workload, group: groupKey(group.ref), at: now });
  const span = { from: (now + 1) as Minute, minutes: AHEAD };
  const stands = actions.some(isOurs);
  const told = profile && floorsAhead(profile, { ...reading.demand, inService: reading.inService }, now);
  const ahead = stands
    ? expandSteps(actions, group.size.min, span)
    : told && clamped(told.floors, group, record);
  const planned = Float64Array.from(ahead ?? []);
  const standing = stands ? 'written' : planned.length > 0 ? 'told' : 'none';
  const because = hold ? holdReason(hold.kind, hold.by) : standing === 'none' ? NO_PROFILE : undefined;
  return {
    group: group.ref.name,
    workload,
    mode: policy.mode,
    minSize: group.size.min,
    ...(record && { home: record.home.minSize }),
    maxSize: group.size.max,
    inService: group.inService,
    standing,
    ...(because !== undefined && { because }),
    ...(profile && { strategy: nameStrategy(profile.strategy) }),
    floors: changesOf(planned, span.from),
    picture: pictureOf({ reading, record, profile, planned, now, before, slo: policy.sloUtilisation }),
  };
}

const NO_PROFILE = 'the first nightly review has not been held';

/** Floors of five minutes each as they would be written, minute by minute. */
function clamped(
  floors: readonly number[],
  { size }: GroupSnapshot,
  record: GroupRecord | undefined,
): Float64Array {
  const home = record?.home.minSize ?? size.min;
  return Float64Array.from({ length: AHEAD }, (_, minute) =>
    Math.min(size.max, Math.max(home, floors[Math.floor(minute / TICK_MINUTES)] ?? home)),
  );
}

function changesOf(planned: Float64Array, from: Minute): readonly FloorFrom[] {
  const changes: FloorFrom[] = [];
  planned.forEach((floor, minute) => {
    if (floor !== changes.at(-1)?.floor) changes.push({ from: (from + minute) as Minute, floor });
  });
  return changes;
}

function pictureOf(of: {
  readonly reading: Awaited<ReturnType<Ports['metrics']['demand']>>;
  readonly record: GroupRecord | undefined;
  readonly profile: Profile | undefined;
  readonly before: Minutes;
  readonly planned: Float64Array;
  readonly now: Minute;
  readonly slo: number;
}): Picture {
  const { reading, record, profile, planned, now, before, slo } = of;
  const start = (now + 1 - before) as Minute;
  const measured = (values: Float64Array, at: number): number =>
    values[start + at - reading.demand.start] ?? Number.NaN;
  const series = (past: (at: number) => number, ahead: (minute: number) => number): Float64Array =>
    Float64Array.from({ length: before + AHEAD }, (_, at) => (at < before ? past(at) : ahead(at - before)));
  return {
    start,
    now: before,
    need: series(
      (at) => measured(reading.demand.values, at) / slo,
      (minute) => foreseen(profile, now + 1 + minute) / slo,
    ),
    inService: series(
      (at) => measured(reading.inService, at),
      () => Number.NaN,
    ),
    floors: series(
      (at) => floorThen(record, start + at),
      (minute) => planned[minute] ?? Number.NaN,
    ),
  };
}

/** The highest demand a profile foresees for a minute of its two days, at the quantile of its tier. */
function foreseen(profile: Profile | undefined, at: number): number {
  if (profile === undefined) return Number.NaN;
  return profile.dayAhead[Math.floor((at - profile.learnedAt) / TICK_MINUTES)] ?? Number.NaN;
}

/** MinSize as it was in force then; NaN where nobody remembers. */
function floorThen(record: GroupRecord | undefined, at: number): number {
  return record?.floorTrail?.findLast(([from]) => from <= at)?.[1] ?? Number.NaN;
}
