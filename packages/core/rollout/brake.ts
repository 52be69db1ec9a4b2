import type { Excuse } from '../explain/excuse.ts';

/** Rollouts of one account, as far as the brake looks at them. */
export interface AccountRollouts {
  readonly underWay: readonly { readonly id: string; readonly vcpus: number }[];
  /** How many have ended well so far. */
  readonly endedWell: number;
}

const ONE_BY_ONE_UNTIL = 10;
const MOST_VCPU_SHARE = 0.02;

/**
 * S24: whether another rollout may begin in the account: one at a time until ten have ended well, then together at most 2 % of the vCPUs, or one.
 * One that is under way already may go on.
 */
export function mayBegin(
  rollouts: AccountRollouts,
  candidate: { readonly id: string; readonly vcpus: number },
  accountVcpus: number,
): Excuse | undefined {
  const others = rollouts.underWay.filter(({ id }) => id !== candidate.id);
  if (others.length === 0) return undefined;
  if (rollouts.endedWell < ONE_BY_ONE_UNTIL) {
    return {
      code: 'rollout-under-way',
      bottleneck: 'one rollout at a time',
      facts: { underWay: others.length, endedWell: rollouts.endedWell, wanted: ONE_BY_ONE_UNTIL },
    };
  }
  const limit = MOST_VCPU_SHARE * accountVcpus;
  const used = others.reduce((sum, { vcpus }) => sum + vcpus, 0);
  if (used + candidate.vcpus <= limit) return undefined;
  return { code: 'budget-exhausted', bottleneck: 'vCPUs in rollouts', facts: { limit, used } };
}
