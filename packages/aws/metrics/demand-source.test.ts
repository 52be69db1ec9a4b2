import type { GroupSnapshot } from '@evenkeel/engine/ports';
import { describe, expect, it } from 'vitest';
import { scalingPolicyFrom } from '../groups/scaling-policy.ts';
import { demandSourceOf } from './demand-source.ts';

const REQUESTS = scalingPolicyFrom({
  PolicyName: 'requests',
  PolicyType: 'TargetTrackingScaling',
  TargetTrackingConfiguration: {
    PredefinedMetricSpecification: {
      PredefinedMetricType: 'ALBRequestCountPerTarget',
      ResourceLabel: 'app/shop/73e2/targetgroup/web/50dc',
    },
    TargetValue: 700,
  },
});

function source(tags: Readonly<Record<string, string>>, policies: GroupSnapshot['policies'] = [REQUESTS]) {
  const all = { 'evenkeel:workload': 'shop', ...tags };
  return demandSourceOf({ ref: { account: '1', region: 'x', name: 'web' }, tags: all, policies } as never);
}

describe('demandSourceOf', () => {
  const cpu = { kind: 'utilisation', namespace: 'AWS/EC2', metric: 'CPUUtilization', monitored: true };

  it('is CPU without a tag, by the tag, and where the tags are wrong', () => {
    for (const tags of [{}, { 'evenkeel:metric': 'cpu' }, { 'evenkeel:metric': '??' }]) {
      expect(source(tags)).toEqual(cpu);
    }
  });

  it('is a custom metric of the group, which instances report every minute', () => {
    expect(source({ 'evenkeel:metric': 'custom:Shop/Orders/BusyWorkers' })).toEqual({
      kind: 'utilisation',
      namespace: 'Shop/Orders',
      metric: 'BusyWorkers',
      monitored: false,
    });
  });

  it("counts requests by the group's own policy: at its target an instance is at the SLO utilisation", () => {
    const byDefault = source({ 'evenkeel:metric': 'requests' });
    expect(byDefault.kind === 'requests' && Math.round(byDefault.perInstanceMinute)).toBe(1000);
    expect(source({ 'evenkeel:metric': 'requests', 'evenkeel:slo': '0.50' })).toEqual({
      kind: 'requests',
      perInstanceMinute: 1400,
    });
  });

  it('says what is missing where no policy tells how many requests an instance serves', () => {
    expect(() => source({ 'evenkeel:metric': 'requests' }, [])).toThrow(
      /web: .*ALBRequestCountPerTarget, or write cpu/,
    );
  });
});
