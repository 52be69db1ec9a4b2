import type { Instances } from '../quantities.ts';

/** Beyond this share of the group it is no canary any more, and what it is compared with is too little. */
const MOST_OF_GROUP = 0.5;

/**
 * A canary that has grown since its size was chosen: how often it has doubled, and whether it is too much of the group to stand without a
 * verdict. One that is no larger than it was chosen may stand, however small the group.
 */
export function mayStand(
  { canary, group }: { readonly canary: Instances; readonly group: Instances },
  chosen: Instances,
): { readonly exceeds: boolean; readonly doublings: number } {
  const doublings = canary <= chosen ? 0 : Math.floor(Math.log2(canary / Math.max(1, chosen)) + 1e-9);
  return { exceeds: canary > chosen && canary > MOST_OF_GROUP * group, doublings };
}
