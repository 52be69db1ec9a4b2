import * as z from 'zod/mini';

/** `EC2 Auto Scaling Instance Refresh …`: user guide, "Instance refresh events". Checkpoints carry more, as strings. */
export const InstanceRefreshEvent = z.object({
  AutoScalingGroupName: z.string(),
  InstanceRefreshId: z.string(),
});
