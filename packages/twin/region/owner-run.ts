import type { Policy } from '@evenkeel/core/replay';
import { initialSize, type Run, replay, track } from '@evenkeel/core/replay';
import { ownerPolicies } from './options.ts';
import type { TwinGroup } from './twin-group.ts';

/**
 * "Before": the same demand over the region's whole length under the owner's own configuration, played by the kernel in the
 * group's world (metric period and draining included, the chance-driven extras not).
 */
export function ownerRun(group: TwinGroup): Run {
  return replay({ demand: group.demand, world: group.home, policy: ownerPolicy(group) });
}

function ownerPolicy(group: TwinGroup): Policy {
  const [policy] = ownerPolicies(group.options);
  if (policy?.kind === 'target-tracking') return track(policy.target / 100);
  const fixed = initialSize(group.home, group.demand[0] ?? 0);
  return { wish: () => fixed };
}
