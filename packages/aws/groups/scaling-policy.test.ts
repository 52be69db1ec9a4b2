import type { ScalingPolicy as AwsPolicy } from '@aws-sdk/client-auto-scaling';
import type { TargetTrackingPolicy } from '@evenkeel/engine/ports';
import { describe, expect, it } from 'vitest';
import { putPolicyRequest, scalingPolicyFrom } from './scaling-policy.ts';

/** A CPU policy as DescribePolicies gives it. */
const CPU: AwsPolicy = {
  AutoScalingGroupName: 'web',
  PolicyName: 'cpu-50',
  PolicyARN: 'arn:aws:autoscaling:eu-west-1:1:scalingPolicy:5b3a:autoScalingGroupName/web:policyName/cpu-50',
  PolicyType: 'TargetTrackingScaling',
  StepAdjustments: [],
  Alarms: [{ AlarmName: 'TargetTracking-web-AlarmHigh-1', AlarmARN: 'arn' }],
  EstimatedInstanceWarmup: 120,
  TargetTrackingConfiguration: {
    PredefinedMetricSpecification: { PredefinedMetricType: 'ASGAverageCPUUtilization' },
    TargetValue: 50,
    DisableScaleIn: false,
  },
  Enabled: true,
};

const REQUESTS: AwsPolicy = {
  ...CPU,
  PolicyName: 'requests',
  TargetTrackingConfiguration: {
    PredefinedMetricSpecification: {
      PredefinedMetricType: 'ALBRequestCountPerTarget',
      ResourceLabel: 'app/shop/73e2/targetgroup/web/50dc',
    },
    TargetValue: 800,
  },
};

describe('scalingPolicyFrom', () => {
  it.each<[string, AwsPolicy, object]>([
    [
      'CPU target tracking',
      CPU,
      { kind: 'target-tracking', name: 'cpu-50', metric: 'cpu', target: 50, enabled: true },
    ],
    ['requests per target', REQUESTS, { kind: 'target-tracking', metric: 'other', target: 800 }],
    ['a disabled policy', { ...CPU, Enabled: false }, { enabled: false }],
    [
      'step scaling',
      { PolicyName: 's', PolicyType: 'StepScaling', Enabled: true },
      { kind: 'step', enabled: true },
    ],
    ['simple scaling', { PolicyName: 's', PolicyType: 'SimpleScaling' }, { kind: 'simple', enabled: true }],
    ['a policy from before there were types', { PolicyName: 's' }, { kind: 'simple' }],
    [
      'predictive scaling that acts',
      {
        PolicyName: 'p',
        PolicyType: 'PredictiveScaling',
        PredictiveScalingConfiguration: { MetricSpecifications: [], Mode: 'ForecastAndScale' },
      },
      { kind: 'predictive', enabled: true },
    ],
    [
      'predictive scaling that only forecasts',
      {
        PolicyName: 'p',
        PolicyType: 'PredictiveScaling',
        PredictiveScalingConfiguration: { MetricSpecifications: [] },
      },
      { kind: 'predictive', enabled: false },
    ],
  ])('reads %s', (_, answer, expected) => {
    expect(scalingPolicyFrom(answer)).toMatchObject(expected);
  });
});

describe('putPolicyRequest', () => {
  it('S7: sends the whole policy back, only its target changed, also after a table kept it as JSON', () => {
    const kept = JSON.parse(JSON.stringify(scalingPolicyFrom(CPU))) as TargetTrackingPolicy;
    expect(putPolicyRequest('web', kept, 62)).toEqual({
      AutoScalingGroupName: 'web',
      PolicyName: 'cpu-50',
      PolicyType: 'TargetTrackingScaling',
      EstimatedInstanceWarmup: 120,
      Enabled: true,
      TargetTrackingConfiguration: { ...CPU.TargetTrackingConfiguration, TargetValue: 62 },
    });
  });

  it('refuses a configuration that AWS never sent', () => {
    const policy = {
      ...(scalingPolicyFrom(CPU) as TargetTrackingPolicy),
      configuration: { TargetValue: 50 },
    };
    expect(() => putPolicyRequest('web', policy, 62)).toThrow(/cpu-50.*read the group again/);
  });
});
