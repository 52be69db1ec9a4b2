import {
  AutoScalingClient,
  type ServiceInputTypes,
  type ServiceOutputTypes,
} from '@aws-sdk/client-auto-scaling';
import type { FinalizeRequestMiddleware } from '@smithy/types';
import type { CallBudget } from './call-budget.ts';

/** What every client of one account and region is built from. */
export interface ClientSettings {
  readonly region: string;
  /** For an emulator or a private endpoint. */
  readonly endpoint?: string;
  /** Tries of one call, the first included; the SDK waits longer before each, with jitter. */
  readonly maxAttempts?: number;
  /** What the SDK's own chain finds when absent. */
  readonly credentials?: Credentials | (() => Promise<Credentials>);
}

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  /** When they end; the SDK asks a function for new ones in time. */
  readonly expiration?: Date;
}

const DEFAULT_MAX_ATTEMPTS = 5;

/**
 * The configuration shared by every SDK client: adaptive retries (they slow down by themselves while AWS throttles) and a user
 * agent by which the owner finds Evenkeel's calls in CloudTrail.
 */
export function clientConfig(settings: ClientSettings) {
  return {
    region: settings.region,
    retryMode: 'adaptive',
    maxAttempts: settings.maxAttempts ?? DEFAULT_MAX_ATTEMPTS,
    customUserAgent: [['evenkeel', '0.1.0']] as [string, string][],
    ...(settings.endpoint !== undefined && { endpoint: settings.endpoint }),
    ...(settings.credentials && { credentials: settings.credentials }),
  };
}

/** The client of EC2 Auto Scaling, whose every request, retries included, waits for its turn in the budget (S26). */
export function createAutoScalingClient(settings: ClientSettings, budget: CallBudget): AutoScalingClient {
  const client = new AutoScalingClient(clientConfig(settings));
  const waitForTurn: FinalizeRequestMiddleware<ServiceInputTypes, ServiceOutputTypes> =
    (next) => async (args) => {
      await budget();
      return next(args);
    };
  client.middlewareStack.addRelativeTo(waitForTurn, {
    name: 'evenkeelCallBudget',
    relation: 'after',
    toMiddleware: 'retryMiddleware',
    override: true,
  });
  return client;
}
