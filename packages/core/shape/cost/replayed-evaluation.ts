import { quantile } from '../../demand/quantile.ts';
import type { Instances } from '../../quantities.ts';
import { DIMENSIONS, type DimensionName, type LimitContext } from '../dimensions/index.ts';
import type { InstanceType } from '../instance-type.ts';
import { checkedHistory, type ShapeHistory } from '../shape-history.ts';
import { LEAST_COUNT } from './least-after.ts';
import type { CostOf, ShapeEvaluation } from './shape-cost.ts';

/** What the replay kernel says of the group's history if every instance held `capacity` of the present one's, in instances. */
export interface ReplayedShape {
  /** Mean instances billed. */
  readonly billed: number;
  /** Mean instances missing. */
  readonly shortage: number;
  /** The most there were at once. */
  readonly peak: Instances;
  readonly hotMinutesPerDay: number;
  readonly launchesPerDay: number;
}

export interface ReplayedQuestion {
  /** Of an autoscaled group: means per instance times `instances`, so that the count of the moment is out of it. */
  readonly history: ShapeHistory;
  readonly present: InstanceType;
  readonly lossFactor: number;
  readonly context: LimitContext;
  /** Replays the group's own strategy (target and floors) with so much capacity per instance, 1 = the present type's. */
  readonly replay: (capacity: number) => ReplayedShape;
}

/** What counts as a load's busiest: all but one sample in a thousand must fit. */
const BUSIEST = 0.999;

/**
 * Type by type, at the count the group's own scaling gives it: for a group whose size follows demand. The group scales on CPU, so a type holds
 * as much as its CPU, or less where another resource runs out first. Fewer, larger instances cost in steps; more, smaller ones in start-ups.
 * Both show in the replay.
 */
export function replayedEvaluation(question: ReplayedQuestion): ShapeEvaluation {
  checkedHistory(question.history);
  const replays = new Map<number, ReplayedShape>();
  const replayed = (type: InstanceType): { shape: ReplayedShape | undefined; bottleneck: DimensionName } => {
    const { ratio, bottleneck } = capacityRatio(type, question);
    // Types of one capacity share a replay; a hundredth of an instance changes none.
    const capacity = Math.floor(ratio * 100) / 100;
    if (capacity <= 0) return { shape: undefined, bottleneck };
    const shape = replays.get(capacity) ?? question.replay(capacity);
    replays.set(capacity, shape);
    return { shape, bottleneck };
  };
  const costOf: CostOf = ({ entry, usdPerInstanceHour }) => {
    const { shape, bottleneck } = replayed(entry.type);
    if (!shape)
      return { riskAdjustedUsd: Number.POSITIVE_INFINITY, breaches: [{ dimension: bottleneck, mean: 1 }] };
    const usd = usdPerInstanceHour * (shape.billed + question.lossFactor * shape.shortage);
    const mean = shape.billed > 0 ? shape.shortage / shape.billed : 0;
    return { riskAdjustedUsd: usd, breaches: [{ dimension: bottleneck, mean }] };
  };
  return {
    costOf,
    countsOf: ({ type }) => {
      const { shape } = replayed(type);
      return shape ? [Math.max(LEAST_COUNT, shape.peak)] : [];
    },
    // Surplus credits are taken by the load of one instance, and the group is at its peak for minutes only.
    meanCountOf: ({ type }) => Math.max(1, replayed(type).shape?.billed ?? 1),
    // One count per type: nothing to stop early.
    boundOf: () => 0,
  };
}

/**
 * How much a type holds against the present one in a group that scales on CPU: its CPU. Zero where another resource would run out before the
 * CPU is at its target, because the scaling would not see it; the bottleneck is then that resource.
 */
export function capacityRatio(
  type: InstanceType,
  { history, present, context }: Pick<ReplayedQuestion, 'history' | 'present' | 'context'>,
): { readonly ratio: number; readonly bottleneck: DimensionName } {
  const cpu = cpuRatio(type, present);
  for (const dimension of DIMENSIONS) {
    const load = dimension.name === 'cpu' ? undefined : dimension.loadOf(history);
    if (!load) continue;
    const room = roomFor(dimension.limitOf(type, history.instances, context) ?? 0, load);
    // Memory does not shrink with the instance, so a smaller one must still hold all of what one holds now.
    const wanted = dimension.breach === 'outage' ? Math.max(1, cpu) : cpu;
    if (room < wanted) return { ratio: 0, bottleneck: dimension.name };
  }
  return { ratio: cpu, bottleneck: 'cpu' };
}

function cpuRatio(type: InstanceType, present: InstanceType): number {
  const [ours, theirs] = [type, present].map((each) => each.vcpus * (each.performance?.factor ?? 0)) as [
    number,
    number,
  ];
  return theirs > 0 ? ours / theirs : 0;
}

/** How many times its busiest samples a limit holds; a load that is always 0 fits any number of times. */
function roomFor(limit: number, load: Float64Array): number {
  const busiest = quantile(load, BUSIEST);
  return busiest > 0 ? limit / busiest : Number.POSITIVE_INFINITY;
}
