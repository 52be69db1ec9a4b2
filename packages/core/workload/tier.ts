/** How critical a workload is: 0 the most, 3 the least. */
export type Tier = 0 | 1 | 2 | 3;

export const TIERS: readonly Tier[] = [0, 1, 2, 3];

const LOSS_FACTORS: Readonly<Record<Tier, number>> = { 0: 100, 1: 30, 2: 10, 3: 3 };

/** What a missing instance-minute costs against an idle one in this tier. */
export function lossFactor(tier: Tier): number {
  return LOSS_FACTORS[tier];
}
