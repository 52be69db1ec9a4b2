import type {
  AutoScalingGroup,
  ScalingPolicy as AwsPolicy,
  InstanceRefresh,
  InstanceRefreshStatus,
} from '@aws-sdk/client-auto-scaling';
import type { Minute, Minutes } from '@evenkeel/core/quantities';
import type { GroupRef, GroupSnapshot } from '@evenkeel/engine/ports';
import { minuteOfDate } from '../time.ts';
import { groupShapeFrom, templateOf } from './group-shape.ts';
import { scalingPolicyFrom } from './scaling-policy.ts';

/** Everything AWS says of one group, as it was read together. */
export interface GroupAnswers {
  readonly ref: GroupRef;
  readonly readAt: Minute;
  readonly group: AutoScalingGroup;
  readonly policies: readonly AwsPolicy[];
  readonly refreshes: readonly InstanceRefresh[];
  readonly metricPeriod: 1 | 5;
  /** Measured from its launches; undefined where none was seen. */
  readonly startup: Minutes | undefined;
}

const SECONDS_PER_MINUTE = 60;

/** Translates; what AWS leaves out stands for AWS's own default. */
export function groupSnapshotFrom(answers: GroupAnswers): GroupSnapshot {
  const { ref, readAt, group, policies, refreshes, metricPeriod, startup } = answers;
  const instances = group.Instances ?? [];
  const inService = instances.filter(({ LifecycleState: state }) => state === 'InService').length;
  const pending = instances.filter(({ LifecycleState: state }) => state?.startsWith('Pending')).length;
  const desired = group.DesiredCapacity ?? 0;
  const warmup = group.DefaultInstanceWarmup;
  const refresh = refreshes.find(isUnderWay);
  const operator = group.Operator?.Principal;
  return {
    ref,
    readAt,
    ...(group.CreatedTime && { createdAt: minuteOfDate(group.CreatedTime) }),
    tags: tagsOf(group),
    size: { min: group.MinSize ?? 0, max: group.MaxSize ?? 0 },
    desired,
    inService,
    starting: Math.max(pending, desired - inService, 0),
    policies: policies.map(scalingPolicyFrom),
    shape: groupShapeFrom(group),
    ...(warmup !== undefined && warmup >= 0 && { warmup: warmup / SECONDS_PER_MINUTE }),
    ...(startup !== undefined && { startup }),
    zones: group.AvailabilityZones ?? [],
    targetGroups: targetGroupsOf(group),
    suspendedProcesses: (group.SuspendedProcesses ?? []).flatMap(({ ProcessName: name }) => name ?? []),
    ...(refresh && { refresh: { id: refresh.InstanceRefreshId ?? '', status: refresh.Status ?? '' } }),
    capacityUnit: capacityUnitOf(group),
    weighted: isWeighted(group),
    ...(hasWarmPool(group) && { warmPool: true }),
    ...(operator !== undefined && { operator }),
    metricPeriod,
    scaleInProtected:
      group.NewInstancesProtectedFromScaleIn === true ||
      instances.some((instance) => instance.ProtectedFromScaleIn === true),
  };
}

/** One that is being deleted still drains into the group, but no launch starts from it any more. */
function hasWarmPool({ WarmPoolConfiguration: pool }: AutoScalingGroup): boolean {
  return pool !== undefined && pool.Status === undefined;
}

/** Whether AWS is deleting the group: it is as good as gone. */
export function isBeingDeleted(group: AutoScalingGroup): boolean {
  return group.Status !== undefined;
}

/**
 * Whether the instances show what a refresh leaves behind: some come or go, or they run different templates or types, or not the
 * group's own. A fleet's list asks AWS for the refreshes of such groups only, since that is one call for each group (S26).
 */
export function looksRefreshed(group: AutoScalingGroup): boolean {
  const instances = group.Instances ?? [];
  if (instances.some(({ LifecycleState: state }) => state !== 'InService')) return true;
  const launched = new Set(
    instances.map(
      ({ LaunchTemplate: template, LaunchConfigurationName: configuration, InstanceType: type }) =>
        [template?.LaunchTemplateId, template?.Version, configuration, type].join(' '),
    ),
  );
  if (launched.size > 1) return true;
  const version = templateOf(group)?.Version;
  const running = instances[0]?.LaunchTemplate?.Version;
  return running !== undefined && version !== undefined && /^\d+$/.test(version) && version !== running;
}

const UNDER_WAY: readonly InstanceRefreshStatus[] = [
  'Pending',
  'InProgress',
  'Cancelling',
  'RollbackInProgress',
  'Baking',
];

function isUnderWay({ Status: status }: InstanceRefresh): boolean {
  return status !== undefined && UNDER_WAY.includes(status);
}

function tagsOf(group: AutoScalingGroup): Readonly<Record<string, string>> {
  return Object.fromEntries(
    (group.Tags ?? []).flatMap(({ Key: key, Value: value }) =>
      key === undefined ? [] : [[key, value ?? '']],
    ),
  );
}

/** ARNs of the target groups, whichever way they are attached. */
export function targetGroupsOf(group: AutoScalingGroup): readonly string[] {
  const attached = (group.TrafficSources ?? []).flatMap(({ Identifier: arn, Type: type }) =>
    arn !== undefined && (type === 'elbv2' || arn.includes(':targetgroup/')) ? [arn] : [],
  );
  return [...new Set([...(group.TargetGroupARNs ?? []), ...attached])];
}

function capacityUnitOf(group: AutoScalingGroup): GroupSnapshot['capacityUnit'] {
  const unit = group.DesiredCapacityType;
  return unit === 'vcpu' || unit === 'memory-mib' ? unit : 'instances';
}

function isWeighted(group: AutoScalingGroup): boolean {
  const overrides = group.MixedInstancesPolicy?.LaunchTemplate?.Overrides ?? [];
  return [...overrides, ...(group.Instances ?? [])].some((each) => each.WeightedCapacity !== undefined);
}
