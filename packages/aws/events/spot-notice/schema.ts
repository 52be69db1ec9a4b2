import * as z from 'zod/mini';

/** `EC2 Spot Instance Interruption Warning` and `EC2 Instance Rebalance Recommendation`: EC2 user guide, Spot interruptions. */
export const SpotInstance = z.object({ 'instance-id': z.string().check(z.startsWith('i-')) });
