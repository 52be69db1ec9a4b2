import { describe, expect, it } from 'vitest';
import { notOurs, type TouchableGroup } from './not-ours.ts';

const plain: TouchableGroup = {
  tags: { team: 'shop' },
  capacityUnit: 'instances',
  weighted: false,
  suspendedProcesses: [],
};

describe('S15: groups that are not touched, with an excuse', () => {
  it('a plain group may be', () => {
    expect(notOurs(plain)).toBeUndefined();
    expect(notOurs({ ...plain, suspendedProcesses: ['AZRebalance'] })).toBeUndefined();
  });

  it.each([
    [{ operator: 'ecs.amazonaws.com' }, 'Operator.Principal'],
    [{ tags: { 'eks:cluster-name': 'x' } }, 'tag eks:cluster-name'],
    [{ tags: { 'kubernetes.io/cluster/prod': 'owned' } }, 'tag kubernetes.io/cluster/prod'],
    [{ tags: { 'k8s.io/cluster-autoscaler/enabled': 'true' } }, 'tag k8s.io/cluster-autoscaler/enabled'],
    [{ tags: { AmazonECSManaged: '' } }, 'tag AmazonECSManaged'],
    [{ tags: { 'elasticbeanstalk:environment-name': 'x' } }, 'tag elasticbeanstalk:environment-name'],
    [{ tags: { AWSBatchServiceTag: 'batch' } }, 'tag AWSBatchServiceTag'],
    [{ weighted: true }, 'weights'],
    [{ warmPool: true }, 'warm pool'],
    [{ capacityUnit: 'vcpu' as const }, 'DesiredCapacityType'],
    [{ suspendedProcesses: ['ScheduledActions'] }, 'suspended processes'],
    [{ suspendedProcesses: ['Launch', 'Terminate'] }, 'suspended processes'],
  ])('%j is not: %s', (fields, bottleneck) => {
    expect(notOurs({ ...plain, ...fields })).toMatchObject({ code: 'not-ours', bottleneck });
  });
});
