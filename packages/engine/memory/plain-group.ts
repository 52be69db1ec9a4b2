import type { Minute } from '@evenkeel/core/quantities';
import type { GroupSnapshot, TargetTrackingPolicy } from '../ports/index.ts';

/** A CPU target-tracking policy of 50 %, as an owner would have it. */
export const CPU_POLICY: TargetTrackingPolicy = {
  kind: 'target-tracking',
  name: 'cpu-50',
  enabled: true,
  metric: 'cpu',
  target: 50,
  configuration: {
    TargetValue: 50,
    PredefinedMetricSpecification: { PredefinedMetricType: 'ASGAverageCPUUtilization' },
  },
};

/** A plain group that can be planned: 2 to 20 instances, tagged, target tracking at 50 %. Fields may be replaced. */
export function plainGroup(name: string, fields: Partial<GroupSnapshot> = {}): GroupSnapshot {
  return {
    ref: { account: '111122223333', region: 'eu-west-1', name },
    readAt: 0 as Minute,
    tags: { 'evenkeel:workload': 'shop' },
    size: { min: 2, max: 20 },
    desired: 4,
    inService: 4,
    starting: 0,
    policies: [CPU_POLICY],
    shape: { instanceTypes: ['m6i.large'], architecture: 'x86_64', spotShare: 0, templateVersion: 'number' },
    warmup: 3,
    zones: ['eu-west-1a', 'eu-west-1b'],
    targetGroups: [],
    suspendedProcesses: [],
    capacityUnit: 'instances',
    weighted: false,
    metricPeriod: 1,
    scaleInProtected: false,
    ...fields,
  };
}
