import type { DemandSeries } from '@evenkeel/core/demand';
import type { Profile } from '@evenkeel/core/forecast';
import type { Minute } from '@evenkeel/core/quantities';
import { seriesKey, type WorkloadPolicy } from '@evenkeel/core/workload';
import type {
  Documents,
  GroupRecord,
  GroupShape,
  SeriesKey,
  SeriesMember,
  ShapeStep,
} from '../ports/index.ts';
import { ratioBetween, readTypeRatios, type TypeRatios } from './type-ratios.ts';

/**
 * How many instances of minute `since` one instance of today is: what demand of today is multiplied by to be in that minute's instances, and
 * what demand of that minute is divided by to be in today's.
 */
export function unitsSince(steps: readonly ShapeStep[] | undefined, since: Minute): number {
  return (steps ?? []).reduce((units, step) => (step.at > since ? units * step.ratio : units), 1);
}

/** Demand of old shapes in today's instances, in place; `values` begin in minute `start`. */
export function inTodaysUnits(
  steps: readonly ShapeStep[] | undefined,
  start: Minute,
  values: Float64Array,
): Float64Array {
  for (const { at, ratio } of steps ?? []) {
    const end = Math.min(values.length, at - start);
    for (let i = 0; i < end; i++) values[i]! /= ratio;
  }
  return values;
}

/**
 * How many instances of the type a profile was learned with one instance of a group is. A new group of the series (S17) has no steps of its own:
 * what rollouts measured of the two types says it. Reads nothing where the types are the same, which is nearly always.
 */
export async function profileUnits(
  { ports, record, group }: UnitsQuestion,
  series: SeriesKey,
  profile: Pick<Profile, 'learnedAt' | 'instanceType'>,
): Promise<number> {
  const own = unitsSince(record?.shapes, profile.learnedAt);
  const [type] = group.shape.instanceTypes;
  const { instanceType } = profile;
  if (instanceType === undefined || type === undefined || type === instanceType) return own;
  return ratioBetween(await readTypeRatios(ports.documents, series), type, instanceType) ?? own;
}

export interface UnitsQuestion {
  readonly ports: { readonly documents: Documents };
  readonly record: Pick<GroupRecord, 'shapes'> | undefined;
  readonly group: { readonly shape: Pick<GroupShape, 'instanceTypes'> };
}

/** A series of another group in instances of `type`: its own changes of shape first (S22), then the two types against each other (S17). */
export function inInstancesOf(
  type: string | undefined,
  sibling: Pick<SeriesMember, 'type' | 'shapes'>,
  { demand, ratios }: { readonly demand: DemandSeries; readonly ratios: TypeRatios },
): DemandSeries {
  const known = type !== undefined && sibling.type !== undefined && sibling.type !== type;
  const factor = known ? (ratioBetween(ratios, sibling.type, type) ?? 1) : 1;
  if (factor === 1 && sibling.shapes === undefined) return demand;
  const convert = (values: ArrayLike<number>): Float64Array =>
    inTodaysUnits(sibling.shapes, demand.start, Float64Array.from(values)).map((value) => value * factor);
  return {
    ...demand,
    values: convert(demand.values),
    ...(demand.inService && { inService: convert(demand.inService) }),
  };
}

/** What is needed to count siblings in instances of `type`; nothing is read where all of them have it. */
export async function ratiosFor(
  { ports }: Pick<UnitsQuestion, 'ports'>,
  policy: WorkloadPolicy,
  { siblings, type }: { readonly siblings: readonly SeriesMember[]; readonly type: string | undefined },
): Promise<TypeRatios> {
  const same = siblings.every((sibling) => sibling.type === undefined || sibling.type === type);
  return same || type === undefined ? [] : readTypeRatios(ports.documents, seriesKey(policy));
}
