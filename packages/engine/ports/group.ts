import type { Place } from '@evenkeel/core/explain';
import type { Instances, Minute, Minutes } from '@evenkeel/core/quantities';
import type { Bounds } from '@evenkeel/core/workload';

/** Which Auto Scaling group: names are unique in an account and region only. */
export interface GroupRef extends Place {
  readonly name: string;
}

/** The group as one string, for keys of tables and maps. */
export function groupKey(ref: GroupRef): string {
  return `${ref.account}/${ref.region}/${ref.name}`;
}

/** A dynamic scaling policy of the group, as far as Evenkeel must know it. */
export type ScalingPolicy =
  | {
      readonly kind: 'target-tracking';
      readonly name: string;
      readonly enabled: boolean;
      /** `cpu`: ASGAverageCPUUtilization; everything else is `other`. */
      readonly metric: 'cpu' | 'other';
      /** In the metric's own unit: percent for CPU, 0 … 100. */
      readonly target: number;
      /** The whole configuration as the provider sent it; it is sent back with only the target changed (S7). */
      readonly configuration: unknown;
    }
  | { readonly kind: 'step' | 'simple' | 'predictive'; readonly name: string; readonly enabled: boolean };

export type TargetTrackingPolicy = Extract<ScalingPolicy, { kind: 'target-tracking' }>;

/** What runs in a group's instances: the present shape. */
export interface GroupShape {
  /** The instance types that are acceptable, the first being the present one; empty where the provider does not say. */
  readonly instanceTypes: readonly string[];
  readonly architecture?: 'x86_64' | 'arm64';
  readonly spotShare: number;
  /** How the template's version is named; only a number can be rolled back to (S18). */
  readonly templateVersion: 'number' | 'latest' | 'default' | 'none';
}

/** One Auto Scaling group as read in one moment. */
export interface GroupSnapshot {
  readonly ref: GroupRef;
  readonly readAt: Minute;
  /** Tells a group from an earlier one of the same name; absent where the provider does not say. */
  readonly createdAt?: Minute;
  readonly tags: Readonly<Record<string, string>>;
  /** MinSize and MaxSize as they stand; MinSize may be a floor of ours. */
  readonly size: Bounds;
  readonly desired: Instances;
  readonly inService: Instances;
  /** Launched or asked for, not in service yet. */
  readonly starting: Instances;
  readonly policies: readonly ScalingPolicy[];
  readonly shape: GroupShape;
  /** The group's default instance warm-up; absent where it is not set. */
  readonly warmup?: Minutes;
  /** From the launch of an instance until it is in service, measured from launches of late; absent where none was seen. */
  readonly startup?: Minutes;
  readonly zones: readonly string[];
  readonly targetGroups: readonly string[];
  readonly suspendedProcesses: readonly string[];
  /** An instance refresh that has not ended; absent where there is none. */
  readonly refresh?: { readonly id: string; readonly status: string };
  /** The unit of desired capacity; anything but instances is left alone (S15). */
  readonly capacityUnit: 'instances' | 'vcpu' | 'memory-mib';
  readonly weighted: boolean;
  /** Whether it has a warm pool (S15); absent where the provider does not say. */
  readonly warmPool?: boolean;
  /** Set where another AWS service operates the group (S15). */
  readonly operator?: string;
  /** Detailed monitoring gives 1-minute CPU, basic 5-minute. */
  readonly metricPeriod: 1 | 5;
  readonly scaleInProtected: boolean;
}

/** The group an instance belongs to; undefined where it is of none, or gone. */
export type GroupOfInstance = (instance: string) => Promise<GroupRef | undefined>;

/** Reads groups. */
export interface Groups {
  /** Every group that carries the tag `evenkeel:workload`, in a stable order. */
  list(): Promise<readonly GroupSnapshot[]>;
  /** The group as it is now, or undefined where it does not exist (any more). */
  read(ref: GroupRef): Promise<GroupSnapshot | undefined>;
}
