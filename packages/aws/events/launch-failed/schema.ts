import * as z from 'zod/mini';

/** `EC2 Instance Launch Unsuccessful`: EC2 Auto Scaling user guide, "EC2 Auto Scaling event reference". */
export const LaunchUnsuccessful = z.object({
  AutoScalingGroupName: z.string(),
  StatusMessage: z._default(z.string(), ''),
  Details: z._default(z.object({ 'Availability Zone': z.optional(z.string()) }), {}),
});
