import * as z from 'zod/mini';

/** Who called: CloudTrail user guide, "userIdentity element". */
export const UserIdentity = z.object({
  type: z.optional(z.string()),
  arn: z.optional(z.string()),
  userName: z.optional(z.string()),
  invokedBy: z.optional(z.string()),
  sessionContext: z.optional(
    z.object({ sessionIssuer: z.optional(z.object({ userName: z.optional(z.string()) })) }),
  ),
});

/** One call as CloudTrail records it: CloudTrail user guide, "CloudTrail record contents". */
export const ApiCall = z.object({
  eventID: z.string(),
  eventTime: z.iso.datetime({ offset: true }),
  eventSource: z.string(),
  eventName: z.string(),
  userIdentity: UserIdentity,
  userAgent: z.optional(z.string()),
  sourceIPAddress: z.optional(z.string()),
  sessionCredentialFromConsole: z.optional(z.string()),
  errorCode: z.optional(z.string()),
  requestParameters: z.nullish(z.record(z.string(), z.unknown())),
});

export type ApiCall = z.infer<typeof ApiCall>;

/** The sizes of UpdateAutoScalingGroup and SetDesiredCapacity. */
export const SizeParameters = z.object({
  minSize: z.optional(z.number()),
  maxSize: z.optional(z.number()),
  desiredCapacity: z.optional(z.number()),
});

export const TagParameters = z.object({
  tags: z.array(
    z.object({
      key: z.string(),
      resourceId: z.string(),
      resourceType: z.optional(z.string()),
    }),
  ),
});
