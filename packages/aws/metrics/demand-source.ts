import { parsePolicy } from '@evenkeel/core/workload';
import type { GroupSnapshot } from '@evenkeel/engine/ports';
import { AwsError } from '../errors.ts';
import { isTrackingConfiguration } from '../groups/scaling-policy.ts';
import { CPU } from './demand-queries.ts';

/** What a group's demand is read from, by its tag `evenkeel:metric`. */
export type DemandSource =
  /** Utilisation in percent, a sample from each instance each period, gathered by the group's name. */
  | {
      readonly kind: 'utilisation';
      readonly namespace: string;
      readonly metric: string;
      /** Whether the period is that of the instances' monitoring, which has to be measured; else it is a minute. */
      readonly monitored: boolean;
    }
  /** Requests at the load balancer; so many a minute keep one instance fully busy. */
  | { readonly kind: 'requests'; readonly perInstanceMinute: number };

const BY_CPU: DemandSource = { kind: 'utilisation', ...CPU, monitored: true };

/**
 * The source of a group. A request counts by the group's own policy on requests per target: at its target an instance is at the
 * SLO utilisation. Throws an AwsError (`invalid`) where the tag asks for requests and there is no such policy. A group whose tags
 * cannot be read is left alone anyway and counts by CPU.
 */
export function demandSourceOf(group: GroupSnapshot): DemandSource {
  const parsed = parsePolicy(group.tags);
  if (!parsed.ok || parsed.policy.metric.kind === 'cpu') return BY_CPU;
  const { metric, sloUtilisation } = parsed.policy;
  if (metric.kind === 'custom') {
    return { kind: 'utilisation', namespace: metric.namespace, metric: metric.name, monitored: false };
  }
  const target = requestTargetOf(group);
  if (target === undefined) throw noRequestPolicy(group);
  return { kind: 'requests', perInstanceMinute: target / sloUtilisation };
}

/** The target of the group's policy on requests per target, in requests a minute. */
function requestTargetOf(group: GroupSnapshot): number | undefined {
  for (const policy of group.policies) {
    if (policy.kind !== 'target-tracking' || !isTrackingConfiguration(policy.configuration)) continue;
    const { PredefinedMetricSpecification: predefined } = policy.configuration.TargetTrackingConfiguration;
    if (predefined?.PredefinedMetricType === 'ALBRequestCountPerTarget' && policy.target > 0) {
      return policy.target;
    }
  }
  return undefined;
}

function noRequestPolicy(group: GroupSnapshot): AwsError {
  return new AwsError({
    meaning: 'refused',
    awsCode: 'Evenkeel',
    message: `group ${group.ref.name}: evenkeel:metric is requests, but no policy says how many one instance serves; give the group a target-tracking policy on ALBRequestCountPerTarget, or write cpu`,
  });
}
