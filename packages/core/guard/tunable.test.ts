import { describe, expect, it } from 'vitest';
import { type PolicyLike, tunablePolicy } from './tunable.ts';

const cpu: PolicyLike = { kind: 'target-tracking', name: 'cpu', enabled: true, metric: 'cpu' };

describe('S7: a target is tuned only on the one CPU target-tracking policy', () => {
  it('that is enabled, whatever is disabled or predictive beside it', () => {
    const step: PolicyLike = { kind: 'step', name: 'old', enabled: false };
    const predictive: PolicyLike = { kind: 'predictive', name: 'ps', enabled: true };
    expect(tunablePolicy([step, cpu, predictive])).toEqual({ kind: 'tunable', policy: cpu });
  });

  it.each([
    [[], 'no scaling policy'],
    [[{ ...cpu, enabled: false }], 'no scaling policy'],
    [[cpu, { ...cpu, name: 'requests', metric: 'other' as const }], 'several scaling policies'],
    [[{ ...cpu, metric: 'other' as const }], 'policy cpu does not track CPU'],
    [[{ kind: 'step' as const, name: 's', enabled: true }], 'policy s is no target tracking'],
  ])('not with %j', (policies: readonly PolicyLike[], bottleneck) => {
    expect(tunablePolicy(policies)).toMatchObject({
      kind: 'not-tunable',
      excuse: { code: 'policy-not-tunable', bottleneck },
    });
  });
});
