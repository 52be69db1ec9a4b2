import { type LambdaClient, SendDurableExecutionCallbackSuccessCommand } from '@aws-sdk/client-lambda';
import type { WakeRollout } from '@evenkeel/engine/ports';
import { call } from '../call.ts';
import { AwsError } from '../errors.ts';

/** What Lambda says of a callback that nobody waits for any more: it was called, timed out, or its execution is over. */
const OVER: ReadonlySet<string> = new Set([
  'CallbackTimeoutException',
  'InvalidParameterValueException',
  'ResourceNotFoundException',
]);

/**
 * Wakes the rollout that waits for an approval. What the answer was is not sent: it is read where answers are kept, so that a wake which
 * comes late, twice or never changes nothing. Who may answer but not wake (on the command line, with credentials of their own) has answered
 * all the same: the rollout looks for itself within hours.
 */
export function createWaker(client: LambdaClient): WakeRollout {
  return async ({ callback }) => {
    if (callback === undefined) return;
    try {
      await call(client, new SendDurableExecutionCallbackSuccessCommand({ CallbackId: callback }));
    } catch (error) {
      if (error instanceof AwsError && (OVER.has(error.awsCode) || error.code === 'denied')) return;
      throw error;
    }
  };
}
