import { createHash } from 'node:crypto';
import { InvokeCommand, type LambdaClient } from '@aws-sdk/client-lambda';
import type { RolloutRequest, RolloutStarter } from '@evenkeel/engine/ports';
import { call } from '../call.ts';
import { AwsError } from '../errors.ts';

/** What a durable execution begins with: the request, and the name it was started under. */
export interface ExecutionInput extends RolloutRequest {
  readonly execution: string;
}

/** Execution names have at most 64 characters, and no slashes: a hash of the proposal's id stands for it. */
export function executionNameOf(id: string): string {
  return `rollout-${createHash('sha256').update(id).digest('hex').slice(0, 40)}`;
}

/**
 * Starts a durable execution per proposal. The name is the idempotency key: Lambda takes the same name and input for the same execution,
 * and refuses the name with another input; both mean that it was started already.
 * @param functionArn with the version or alias: durable functions are not invoked without one
 */
export function createRolloutStarter({
  client,
  functionArn,
}: {
  readonly client: LambdaClient;
  readonly functionArn: string;
}): RolloutStarter {
  return {
    async start(request) {
      const execution = executionNameOf(request.id);
      const input: ExecutionInput = { ...request, execution };
      try {
        await call(
          client,
          new InvokeCommand({
            FunctionName: functionArn,
            InvocationType: 'Event',
            DurableExecutionName: execution,
            Payload: Buffer.from(JSON.stringify(input)),
          }),
          { decisionId: request.id },
        );
        return 'started';
      } catch (error) {
        if (error instanceof AwsError && error.awsCode === 'DurableExecutionAlreadyStartedException') {
          return 'already-started';
        }
        throw error;
      }
    },
  };
}
