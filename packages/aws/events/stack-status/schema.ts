import * as z from 'zod/mini';

/** `CloudFormation Stack Status Change`: CloudFormation user guide, "Managing events with EventBridge". */
export const StackStatusChange = z.object({
  'stack-id': z.string().check(z.regex(/:stack\/[^/]+\//)),
  'status-details': z.object({ status: z.string() }),
});
