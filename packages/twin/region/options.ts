import type { Minute, Minutes, Utilisation } from '@evenkeel/core/quantities';
import { type Bounds, DEFAULT_SLO_UTILISATION } from '@evenkeel/core/workload';
import type { GroupShape, ScalingPolicy, TargetTrackingPolicy } from '@evenkeel/engine/ports';
import type { DemandShape } from '../demand/index.ts';
import type { TwinUse } from '../ports/twin-usage.ts';
import type { TwinFlaw } from '../refresh/flaws.ts';
import type { Extras } from './extras.ts';

/** A group of the simulated region, as its owner configured it. */
export interface TwinGroupOptions {
  readonly name: string;
  /** `evenkeel:workload` and the rest. */
  readonly tags: Readonly<Record<string, string>>;
  readonly demand: DemandShape;
  /** MinSize and MaxSize. */
  readonly size: Bounds;
  /** Minutes from asking for an instance to its first minute in service. Default 3. */
  readonly startup?: Minutes;
  /** The owner's target-tracking target in percent CPU, or `none` for a group that never scales by itself. Default 50. */
  readonly target?: number | 'none';
  /** What decides between hot and not in the accounts. Default 0.70. */
  readonly sloUtilisation?: Utilisation;
  readonly zones?: readonly string[];
  /** Without a target group there are no guard metrics. Default: one. */
  readonly targetGroups?: readonly string[];
  readonly shape?: GroupShape;
  /** What an instance of other types really carries, in instances of `shape`; 1 where absent. */
  readonly capacities?: Readonly<Record<string, number>>;
  /** Whether each instance publishes latency and errors of its own requests, as a balancer does not. Default: no. */
  readonly requestMetrics?: boolean;
  /** What is wrong with the workload on some types; nothing where absent. */
  readonly flaws?: Readonly<Record<string, TwinFlaw>>;
  /** Besides CPU; nothing of it is measured where absent. */
  readonly uses?: TwinUse;
  readonly incidents?: readonly Incident[];
  /** When monitoring publishes nothing about the group. */
  readonly silences?: readonly Span[];
  readonly extras?: Partial<Extras>;
}

/** Minutes `from` (inclusive) … `to` (exclusive). */
export interface Span {
  readonly from: Minute;
  readonly to: Minute;
}

/** Something wrong with the workload itself: part of its demand does not arrive, and what arrives fails (S6). */
export interface Incident extends Span {
  /** Share of the demand that still arrives. */
  readonly demandShare: number;
  readonly errorShare: number;
  readonly unhealthyHosts: number;
}

export interface RegionOptions {
  readonly account?: string;
  readonly region?: string;
  /** The first minute played; a midnight, so that the kernel's hours and days are the region's. */
  readonly start: Minute;
  /** The region can be played up to here (exclusive). */
  readonly end: Minute;
  readonly groups: readonly TwinGroupOptions[];
  /** A policy in minute m reads datapoints up to m - metricDelay; at least 1. Default 2. */
  readonly metricDelay?: Minutes;
  /** Of everything left to chance. Default 1. */
  readonly seed?: number;
  /** For every group; a group's own extras go before. Default: none. */
  readonly extras?: Partial<Extras>;
}

export const DEFAULT_STARTUP: Minutes = 3;
export const DEFAULT_TARGET = 50;
export const DEFAULT_ZONES: readonly string[] = ['a', 'b', 'c'];
export const DEFAULT_SHAPE: GroupShape = {
  instanceTypes: ['m5.large'],
  architecture: 'x86_64',
  spotShare: 0,
  templateVersion: 'number',
};

/** The utilisation above which a group's minutes are hot. */
export function sloOf(options: TwinGroupOptions): Utilisation {
  return options.sloUtilisation ?? DEFAULT_SLO_UTILISATION;
}

/** The owner's scaling policies as the provider would tell them. */
export function ownerPolicies(options: TwinGroupOptions): readonly ScalingPolicy[] {
  const target = options.target ?? DEFAULT_TARGET;
  return target === 'none' ? [] : [cpuPolicy(target)];
}

function cpuPolicy(target: number): TargetTrackingPolicy {
  return {
    kind: 'target-tracking',
    name: 'cpu-target',
    enabled: true,
    metric: 'cpu',
    target,
    configuration: {
      PolicyName: 'cpu-target',
      PolicyType: 'TargetTrackingScaling',
      TargetTrackingConfiguration: {
        PredefinedMetricSpecification: { PredefinedMetricType: 'ASGAverageCPUUtilization' },
        TargetValue: target,
      },
    },
  };
}
