import { meanKnown } from '@evenkeel/core/demand';
import {
  ceilInstances,
  type Instances,
  MINUTES_PER_DAY,
  MINUTES_PER_WEEK,
  type Minute,
} from '@evenkeel/core/quantities';
import { judgeShare, type ShareVerdict } from '@evenkeel/core/rollout';
import { seriesKey, type WorkloadPolicy } from '@evenkeel/core/workload';
import type { GroupSnapshot } from '../ports/index.ts';
import { loadProfile } from '../run/load-profile.ts';
import { loadRecord } from '../run/load-record.ts';
import { profileUnits, unitsSince } from '../run/shape-units.ts';
import type { Rollout } from './deps.ts';

/** The load of a group, in instances of its present shape. */
export interface RolloutLoad {
  /** Mean demand of the last day; absent where nothing was read. */
  readonly demand?: number;
  /** Mean instances in service of the last day. */
  readonly size?: number;
  /** Highest demand ahead. */
  readonly peak: number;
  /** Expected demand of the hours to come, a value every 5 minutes; empty without a profile. */
  readonly ahead: readonly number[];
  /** The highest floor that the plan would have by the next look and a start-up after it; 0 where the strategy has no floors. */
  readonly plannedFloor: Instances;
}

const STEP = 5;
/** Without a forecast the peak is this much above the mean of the last day. */
const UNKNOWN_PEAK = 2;
/** The longest pause between two looks, twice, and a start-up. */
const NEXT_LOOK = 45;

/** Reads what the last day brought and what the next is expected to. */
export async function readLoad(
  { ports, ref }: Pick<Rollout, 'ports' | 'ref'>,
  policy: WorkloadPolicy,
  at: Minute,
): Promise<RolloutLoad> {
  const { demand, size } = await dayBefore({ ports, ref }, at);
  const profile = await loadProfile(ports, seriesKey(policy));
  const record = await loadRecord(ports, ref);
  const group = await ports.groups.read(ref);
  const units =
    profile && group ? await profileUnits({ ports, record, group }, seriesKey(policy), profile) : 1;
  const first = profile ? Math.max(0, Math.floor((at - profile.learnedAt) / STEP)) : 0;
  const ahead = (profile?.dayAhead ?? [])
    .slice(first, first + MINUTES_PER_DAY / STEP)
    .map((value) => value / units);
  const { expected } = await ports.settings.load(policy.workload);
  const events = expected.filter((event) => event.until > at && event.from < at + MINUTES_PER_DAY);
  const factor = Math.max(1, ...events.map((event) => event.factor));
  const usual = ahead.length > 0 ? Math.max(...ahead) : UNKNOWN_PEAK * (demand ?? 0);
  const soon = Math.max(0, ...ahead.slice(0, NEXT_LOOK / STEP));
  const hasFloors = profile !== undefined && profile.strategy.floors !== 'none';
  return {
    ahead,
    plannedFloor: hasFloors ? ceilInstances((factor * soon) / policy.sloUtilisation) : 0,
    peak: factor * usual,
    ...(demand !== undefined && { demand }),
    ...(size !== undefined && { size }),
  };
}

/** Means of the day up to a minute, as it was measured. */
async function dayBefore(
  { ports, ref }: Pick<Rollout, 'ports' | 'ref'>,
  at: Minute,
): Promise<Pick<RolloutLoad, 'demand' | 'size'>> {
  const { demand: series, inService } = await ports.metrics.demand(ref, (at - MINUTES_PER_DAY) as Minute, at);
  const demand = meanKnown(series.values);
  const size = meanKnown(inService.filter((count) => count > 0));
  return { ...(!Number.isNaN(demand) && { demand }), ...(!Number.isNaN(size) && { size }) };
}

/** The same hours of the last week that ended before `proposed`, in instances of today's shape. */
export async function sameHoursBefore(
  { ports, ref }: Pick<Rollout, 'ports' | 'ref'>,
  at: Minute,
  proposed: Minute,
): Promise<Pick<RolloutLoad, 'demand' | 'size'>> {
  const weeks = Math.max(1, Math.ceil((at - proposed) / MINUTES_PER_WEEK));
  const then = (at - weeks * MINUTES_PER_WEEK) as Minute;
  const units = unitsSince((await loadRecord(ports, ref))?.shapes, then);
  const { demand, size } = await dayBefore({ ports, ref }, then);
  return {
    ...(demand !== undefined && { demand: demand / units }),
    ...(size !== undefined && { size: size / units }),
  };
}

/** S21: what equal shares mean for the smaller of the two types at the predicted peak. */
export function shareAtPeak(
  group: GroupSnapshot,
  policy: WorkloadPolicy,
  { peak, ratio }: { readonly peak: number; readonly ratio: number },
): ShareVerdict {
  return judgeShare({
    peak,
    floor: Math.max(group.size.min, atPeak(group, peak)),
    ratio,
    sloUtilisation: policy.sloUtilisation,
    maxSize: group.size.max,
  });
}

/** Instances that target tracking brings for the peak, where there is one. */
function atPeak(group: GroupSnapshot, peak: number): Instances {
  const policy = group.policies.find((each) => each.kind === 'target-tracking' && each.enabled);
  if (policy?.kind !== 'target-tracking' || policy.metric !== 'cpu') return 0;
  return Math.min(group.size.max, Math.ceil(peak / (policy.target / 100)));
}
