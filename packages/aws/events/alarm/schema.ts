import * as z from 'zod/mini';

/** `CloudWatch Alarm State Change`: CloudWatch user guide, "Alarm events and EventBridge". */
export const AlarmStateChange = z.object({
  alarmName: z.string(),
  state: z.object({
    value: z.enum(['OK', 'ALARM', 'INSUFFICIENT_DATA']),
    reasonData: z.optional(z.string()),
  }),
  previousState: z.optional(z.object({ value: z.optional(z.string()) })),
});

/** What `reasonData` holds as a JSON text, for alarms on one metric. */
export const ReasonData = z.object({
  threshold: z.number(),
  recentDatapoints: z.array(z.nullable(z.number())),
});
