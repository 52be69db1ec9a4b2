import { tunablePolicy } from '@evenkeel/core/guard';
import type { Instances, Utilisation } from '@evenkeel/core/quantities';
import type { FloorHistory } from '@evenkeel/core/replay';
import {
  type Architecture,
  DEFAULT_SHAPE_RULES,
  type InstanceType,
  instancePrice,
  type LimitContext,
  type PricedEntry,
  type PriceOf,
  type ReplayedShape,
  replayedEvaluation,
  replayOf,
  type ShapeQuestion,
  spotShareOf,
  withMeasuredFactors,
} from '@evenkeel/core/shape';
import { lossFactor, type WorkloadPolicy } from '@evenkeel/core/workload';
import type { DemandReading, ShapeTrail } from '../../ports/index.ts';
import type { Run } from '../../run/run.ts';
import { type Learned, worldOf } from '../learn.ts';
import { measuredFactors, presentEntry, type RegionFacts, readRegion, readUsage } from './read-market.ts';
import { SHAPE_MINUTES, type ShapeLoad, shapeLoadOf } from './shape-load.ts';
import { readShapeTrail } from './shape-trail.ts';

/** Everything a choice of shape stands on. */
export interface ShapeLook {
  readonly run: Run;
  readonly question: ShapeQuestion;
  readonly entry: PricedEntry;
  readonly present: InstanceType;
  readonly load: ShapeLoad;
  readonly spotShare: number;
  readonly zonesAtRisk: number;
  readonly priceOf: PriceOf;
  readonly context: LimitContext;
  /** The group as it would have been lately with so much capacity per instance, without room for a lost zone: what the bill says. */
  readonly played: (capacity: number) => ReplayedShape;
}

/** Reads catalogue, usage and ledger; undefined where there is no catalogue, too little history, or the present type is not known. */
export async function lookAtShape(
  run: Run,
  policy: WorkloadPolicy,
  {
    reading,
    learned,
  }: { readonly reading: DemandReading; readonly learned: Pick<Learned, 'profile' | 'floors'> },
): Promise<ShapeLook | undefined> {
  const tunable = tunablePolicy(run.group.policies);
  if (tunable.kind === 'not-tunable' || reading.demand.values.length < SHAPE_MINUTES) return undefined;
  const region = await readRegion(run);
  if (region === undefined) return undefined;
  const trail = await readShapeTrail(run);
  const entries = withMeasuredFactors(region.entries, measuredFactors(region.entries, trail));
  const entry = presentEntry(run, entries);
  if (entry === undefined) return undefined;
  const usage = await readUsage(run, reading);
  const { lastChange } = trail;
  const load = shapeLoadOf(reading, usage, {
    present: entry.type,
    ...(lastChange !== undefined && { since: lastChange }),
  });
  if (load === undefined) return undefined;
  const { zones, shape } = run.group;
  const spotShare = spotShareOf(policy.tier, policy.spotShare ?? shape.spotShare);
  const zonesAtRisk = policy.tier <= 1 && zones.length > 1 ? zones.length : 0;
  const world = worldOf(run, policy, reading.periodMinutes);
  const group = {
    demand: load.demand,
    world,
    ...livesBy(run, policy, { load, learned, target: tunable.policy.target / 100 }),
  };
  const played = remembered(replayOf(group));
  const { history } = load;
  const risk = lossFactor(policy.tier);
  const priceOf = instancePrice({ spotShare, lossFactor: risk, startup: world.startup }, history);
  const rules = { ...DEFAULT_SHAPE_RULES, sloUtilisation: policy.sloUtilisation };
  const context: LimitContext = { rules, measuredAt: history.instances };
  const now = played(1);
  const question: ShapeQuestion = {
    entries,
    demands: { history, spotShare, ...demandsOf(run, policy, { present: entry.type, region, trail }) },
    evaluation: replayedEvaluation({
      history,
      present: entry.type,
      lossFactor: risk,
      context,
      replay: zonesAtRisk > 1 ? replayOf({ ...group, zonesAtRisk }) : played,
    }),
    priceOf,
    presentCount: Math.max(1, Math.round(now.billed)),
    maxSize: mostOf(run, policy),
    launchesPerDay: now.launchesPerDay,
    ...(lastChange !== undefined && { lastChange }),
  };
  return {
    run,
    question,
    entry,
    present: entry.type,
    load,
    spotShare,
    zonesAtRisk,
    priceOf,
    context,
    played,
  };
}

/** What the group is steered by: the profile where floors are written, else its target alone. */
function livesBy(
  run: Run,
  { mode }: WorkloadPolicy,
  own: {
    readonly load: ShapeLoad;
    readonly learned: Pick<Learned, 'profile' | 'floors'>;
    readonly target: Utilisation;
  },
): { readonly target: Utilisation; readonly floors?: Float64Array } {
  const { load, learned, target } = own;
  const strategy = mode === 'approve' || mode === 'auto' ? learned.profile?.strategy : undefined;
  if (strategy === undefined) return { target };
  const alone = (run.record.siblings ?? []).length === 0;
  const floors = learned.floors && alone ? floorsIn(load, learned.floors) : undefined;
  return { target: strategy.target, ...(floors && { floors }) };
}

/** What a type must have, or must not be, to be considered for the group. */
function demandsOf(
  run: Run,
  policy: WorkloadPolicy,
  known: { readonly present: InstanceType; readonly region: RegionFacts; readonly trail: ShapeTrail },
): Omit<ShapeQuestion['demands'], 'history' | 'spotShare'> {
  const { present, region, trail } = known;
  return {
    now: run.minute,
    present,
    architectures: architecturesOf(run, policy, present),
    ...(policy.types && { types: policy.types }),
    zones: run.group.zones,
    ...(region.zonesOffering && { zonesOffering: region.zonesOffering }),
    unavailable: trail.unavailable,
    rolledBack: trail.rolledBack,
    // Nobody says whether the disk that there is is used; what is there is kept.
    localDiskGB: present.localDiskGB ?? 0,
  };
}

function mostOf({ group: { size } }: Run, { bounds }: WorkloadPolicy): Instances {
  return Math.min(size.max, bounds?.max ?? size.max);
}

/** The floors of the minutes of a load. They are the series', so they are the group's where it is alone in it. */
function floorsIn({ start, demand }: ShapeLoad, { start: first, needs }: FloorHistory): Float64Array {
  return demand.map((_, i) => needs[start + i - first] ?? 0);
}

/** What there is an image for: the present one's, and arm64 where the tag names a template. */
function architecturesOf(
  { group }: Run,
  { arm64Template }: WorkloadPolicy,
  present: InstanceType,
): readonly Architecture[] {
  const own = group.shape.architecture ? [group.shape.architecture] : present.architectures;
  return arm64Template && !own.includes('arm64') ? [...own, 'arm64'] : own;
}

function remembered(replay: (capacity: number) => ReplayedShape): (capacity: number) => ReplayedShape {
  const known = new Map<number, ReplayedShape>();
  return (capacity) => {
    const shape = known.get(capacity) ?? replay(capacity);
    known.set(capacity, shape);
    return shape;
  };
}
