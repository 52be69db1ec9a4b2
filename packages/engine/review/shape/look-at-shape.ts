import { tunablePolicy } from '@evenkeel/core/guard';
import type { Minute } from '@evenkeel/core/quantities';
import type { FloorHistory } from '@evenkeel/core/replay';
import {
  type Architecture,
  type CatalogEntry,
  DEFAULT_SHAPE_RULES,
  type InstanceType,
  instancePrice,
  isPriced,
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
import { excuse, type Run } from '../../run/run.ts';
import { type Learned, worldOf } from '../learn.ts';
import { SHAPE_MINUTES, type ShapeLoad, shapeLoadOf, USAGE_PERIOD } from './shape-load.ts';
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
  const { zones, shape, size } = run.group;
  const spotShare = spotShareOf(policy.tier, policy.spotShare ?? shape.spotShare);
  const zonesAtRisk = policy.tier <= 1 && zones.length > 1 ? zones.length : 0;
  const world = worldOf(run, policy, reading.periodMinutes);
  // Where floors are written, the group lives by the profile; else by its target alone.
  const lived = policy.mode === 'approve' || policy.mode === 'auto' ? learned.profile?.strategy : undefined;
  const alone = (run.record.siblings ?? []).length === 0;
  const floors = lived && learned.floors && alone ? floorsIn(load, learned.floors) : undefined;
  const target = lived?.target ?? tunable.policy.target / 100;
  const group = { demand: load.demand, world, target, ...(floors && { floors }) };
  const played = remembered(replayOf(group));
  const purchase = { spotShare, lossFactor: lossFactor(policy.tier), startup: world.startup };
  const priceOf = instancePrice(purchase, load.history);
  const { history } = load;
  const rules = { ...DEFAULT_SHAPE_RULES, sloUtilisation: policy.sloUtilisation };
  const context: LimitContext = { rules, measuredAt: history.instances };
  const now = played(1);
  const question: ShapeQuestion = {
    entries,
    demands: {
      now: run.minute,
      present: entry.type,
      history,
      architectures: architecturesOf(run, policy, entry.type),
      ...(policy.types && { types: policy.types }),
      zones,
      ...(region.zonesOffering && { zonesOffering: region.zonesOffering }),
      unavailable: trail.unavailable,
      rolledBack: trail.rolledBack,
      // Nobody says whether the disk that there is is used; what is there is kept.
      localDiskGB: entry.type.localDiskGB ?? 0,
      spotShare,
    },
    evaluation: replayedEvaluation({
      history,
      present: entry.type,
      lossFactor: lossFactor(policy.tier),
      context,
      replay: zonesAtRisk > 1 ? replayOf({ ...group, zonesAtRisk }) : played,
    }),
    priceOf,
    presentCount: Math.max(1, Math.round(now.billed)),
    maxSize: Math.min(size.max, policy.bounds?.max ?? size.max),
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

/** The floors of the minutes of a load. They are the series', so they are the group's where it is alone in it. */
function floorsIn({ start, demand }: ShapeLoad, { start: first, needs }: FloorHistory): Float64Array {
  return demand.map((_, i) => needs[start + i - first] ?? 0);
}

interface RegionFacts {
  readonly entries: readonly CatalogEntry[];
  readonly zonesOffering: ((type: string) => readonly string[]) | undefined;
}

/** A catalogue that cannot be read costs the review of the shape and nothing else. */
async function readRegion(run: Run): Promise<RegionFacts | undefined> {
  const { catalogue } = run.ports;
  const { region } = run.group.ref;
  if (catalogue === undefined) return undefined;
  try {
    const entries = await catalogue.inRegion(region);
    return { entries, zonesOffering: await catalogue.zonesOffering(region) };
  } catch (error) {
    const facts = { region, message: (error as Error).message };
    excuse(run, { code: 'catalogue-missing', bottleneck: 'catalogue', facts });
    return undefined;
  }
}

/** Usage that cannot be read is usage nobody measured: memory then stays as it is per vCPU. */
async function readUsage({ ports, group }: Run, { demand }: DemandReading) {
  if (ports.usage === undefined) return undefined;
  const to = (demand.start + demand.values.length) as Minute;
  const range = { from: (to - SHAPE_MINUTES) as Minute, to, period: USAGE_PERIOD };
  try {
    return await ports.usage(group.ref, range);
  } catch {
    return undefined;
  }
}

/** What canaries measured against a type of the table, on the table's scale. */
function measuredFactors(
  entries: readonly CatalogEntry[],
  { measured }: ShapeTrail,
): ReadonlyMap<string, number> {
  const factors = new Map<string, number>();
  for (const { type, against, factor } of measured) {
    const table = entries.find((entry) => entry.type.name === against)?.type.performance?.factor;
    const base = factors.get(against) ?? table;
    if (base !== undefined) factors.set(type, base * factor);
  }
  return factors;
}

function presentEntry(run: Run, entries: readonly CatalogEntry[]): PricedEntry | undefined {
  const [name] = run.group.shape.instanceTypes;
  const entry = entries.find(({ type }) => type.name === name);
  const missing = missingOf(entry);
  if (entry && isPriced(entry) && missing === undefined) return entry;
  const facts = { type: name ?? 'an instance type that is not known', region: run.group.ref.region };
  excuse(run, { code: 'type-not-in-catalogue', bottleneck: missing ?? 'figures', facts });
  return undefined;
}

function missingOf(entry: CatalogEntry | undefined): string | undefined {
  if (entry === undefined) return 'figures';
  if (entry.price === undefined) return 'price';
  // What a change saves would be as good as a guess.
  if (entry.price.trust === 'estimated') return 'price that is more than an estimate';
  return entry.type.performance ? undefined : 'performance';
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
