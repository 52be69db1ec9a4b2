import type { ScalingPolicy as AwsPolicy, PutScalingPolicyType } from '@aws-sdk/client-auto-scaling';
import type { ScalingPolicy, TargetTrackingPolicy } from '@evenkeel/engine/ports';

/** The parts of a target-tracking policy that PutScalingPolicy takes; plain JSON, so that a table can keep it. */
export interface TrackingConfiguration {
  readonly TargetTrackingConfiguration: NonNullable<PutScalingPolicyType['TargetTrackingConfiguration']>;
  readonly EstimatedInstanceWarmup?: number;
  readonly Enabled?: boolean;
}

const KINDS = { StepScaling: 'step', PredictiveScaling: 'predictive' } as const;

/**
 * One item of DescribePolicies. A predictive policy that only forecasts does nothing and counts as not enabled; a policy without
 * a type is a simple one, as in the first years of Auto Scaling.
 */
export function scalingPolicyFrom(answer: AwsPolicy): ScalingPolicy {
  const name = answer.PolicyName ?? '';
  const enabled = answer.Enabled !== false;
  const tracking = answer.TargetTrackingConfiguration;
  if (answer.PolicyType === 'TargetTrackingScaling' && tracking) {
    const isCpu = tracking.PredefinedMetricSpecification?.PredefinedMetricType === 'ASGAverageCPUUtilization';
    return {
      kind: 'target-tracking',
      name,
      enabled,
      metric: isCpu ? 'cpu' : 'other',
      target: tracking.TargetValue ?? Number.NaN,
      configuration: configurationOf(answer, tracking),
    };
  }
  const kind = KINDS[answer.PolicyType as keyof typeof KINDS] ?? 'simple';
  const acts = kind !== 'predictive' || answer.PredictiveScalingConfiguration?.Mode === 'ForecastAndScale';
  return { kind, name, enabled: enabled && acts };
}

/** The whole policy as PutScalingPolicy wants it, with another target (S7). Throws where the policy was not read from AWS. */
export function putPolicyRequest(
  group: string,
  policy: TargetTrackingPolicy,
  target: number,
): PutScalingPolicyType {
  if (!isTrackingConfiguration(policy.configuration)) {
    throw new RangeError(
      `policy ${policy.name}: its configuration is not one that AWS sent; read the group again`,
    );
  }
  const { TargetTrackingConfiguration, ...rest } = policy.configuration;
  return {
    AutoScalingGroupName: group,
    PolicyName: policy.name,
    PolicyType: 'TargetTrackingScaling',
    ...rest,
    TargetTrackingConfiguration: { ...TargetTrackingConfiguration, TargetValue: target },
  };
}

function configurationOf(
  answer: AwsPolicy,
  tracking: TrackingConfiguration['TargetTrackingConfiguration'],
): TrackingConfiguration {
  const whole = {
    TargetTrackingConfiguration: tracking,
    EstimatedInstanceWarmup: answer.EstimatedInstanceWarmup,
    Enabled: answer.Enabled,
  };
  // What survives JSON is what a record keeps and what is sent back: no undefined fields, no classes of the SDK.
  return JSON.parse(JSON.stringify(whole)) as TrackingConfiguration;
}

/** Whether a policy's configuration is one that scalingPolicyFrom read. */
export function isTrackingConfiguration(value: unknown): value is TrackingConfiguration {
  return typeof value === 'object' && value !== null && 'TargetTrackingConfiguration' in value;
}
