import type { Excuse } from '../explain/excuse.ts';

/** What decides whether a scaling policy's target may be tuned. */
export interface PolicyLike {
  readonly kind: 'target-tracking' | 'step' | 'simple' | 'predictive';
  readonly name: string;
  readonly enabled: boolean;
  readonly metric?: 'cpu' | 'other';
}

/** The one policy that may be tuned, or why none may. */
export type Tunable<P extends PolicyLike> =
  | { readonly kind: 'tunable'; readonly policy: Extract<P, { kind: 'target-tracking' }> }
  | { readonly kind: 'not-tunable'; readonly excuse: Excuse };

/**
 * S7: a target is tuned only where the group has exactly one enabled dynamic policy and that tracks CPU. Predictive policies are
 * not dynamic: they only raise.
 */
export function tunablePolicy<P extends PolicyLike>(policies: readonly P[]): Tunable<P> {
  const dynamic = policies.filter((policy) => policy.enabled && policy.kind !== 'predictive');
  const no = (bottleneck: string): Tunable<P> => ({
    kind: 'not-tunable',
    excuse: { code: 'policy-not-tunable', bottleneck, facts: { policies: dynamic.length } },
  });
  const [only] = dynamic;
  if (only === undefined) return no('no scaling policy');
  if (dynamic.length > 1) return no('several scaling policies');
  if (only.kind !== 'target-tracking') return no(`policy ${only.name} is no target tracking`);
  if (only.metric !== 'cpu') return no(`policy ${only.name} does not track CPU`);
  return { kind: 'tunable', policy: only as Extract<P, { kind: 'target-tracking' }> };
}
