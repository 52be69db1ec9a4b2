import type { Excuse } from '../explain/excuse.ts';

/** What decides whether a group may be touched at all. */
export interface TouchableGroup {
  readonly tags: Readonly<Record<string, string>>;
  readonly operator?: string;
  readonly capacityUnit: 'instances' | 'vcpu' | 'memory-mib';
  readonly weighted: boolean;
  /** Stopped or running instances are kept beside the group, to start from. */
  readonly warmPool?: boolean;
  readonly suspendedProcesses: readonly string[];
}

/** Tags by which other controllers mark the groups they run. A key ending in `/` stands for all that begin with it. */
const OTHER_CONTROLLERS: readonly { readonly key: string; readonly owner: string }[] = [
  { key: 'eks:cluster-name', owner: 'Amazon EKS' },
  { key: 'eks:nodegroup-name', owner: 'Amazon EKS' },
  { key: 'kubernetes.io/cluster/', owner: 'Kubernetes' },
  { key: 'k8s.io/cluster-autoscaler/', owner: 'the Kubernetes cluster autoscaler' },
  { key: 'k8s.io/cluster/', owner: 'Kubernetes' },
  { key: 'AmazonECSManaged', owner: 'Amazon ECS' },
  { key: 'elasticbeanstalk:environment-id', owner: 'Elastic Beanstalk' },
  { key: 'elasticbeanstalk:environment-name', owner: 'Elastic Beanstalk' },
  { key: 'AWSBatchServiceTag', owner: 'AWS Batch' },
  { key: 'aws:batch:', owner: 'AWS Batch' },
];

const NEEDED_PROCESSES = ['Launch', 'Terminate', 'ScheduledActions'];

/** S15: why a group is not touched; undefined where it may be. */
export function notOurs(group: TouchableGroup): Excuse | undefined {
  const excuse = (bottleneck: string, what: string): Excuse => ({
    code: 'not-ours',
    bottleneck,
    facts: { what },
  });
  if (group.operator !== undefined)
    return excuse('Operator.Principal', `${group.operator} operates the group`);
  for (const tag of Object.keys(group.tags).sort((a, b) => (a < b ? -1 : 1))) {
    const other = OTHER_CONTROLLERS.find(({ key }) =>
      /[/:]$/.test(key) ? tag.startsWith(key) : tag === key,
    );
    if (other) return excuse(`tag ${tag}`, `${other.owner} runs the group`);
  }
  if (group.weighted) return excuse('weights', 'the group counts weights, not instances');
  if (group.warmPool) {
    return excuse('warm pool', 'it has a warm pool, whose instances start and are billed by other rules');
  }
  if (group.capacityUnit !== 'instances') {
    return excuse('DesiredCapacityType', `the group counts ${group.capacityUnit}, not instances`);
  }
  const suspended = NEEDED_PROCESSES.filter((process) => group.suspendedProcesses.includes(process));
  if (suspended.length > 0) return excuse('suspended processes', `${suspended.join(', ')} suspended`);
  return undefined;
}
