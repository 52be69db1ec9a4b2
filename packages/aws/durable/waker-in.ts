import { LambdaClient } from '@aws-sdk/client-lambda';
import type { WakeRollout } from '@evenkeel/engine/ports';
import { type ClientSettings, clientConfig } from '../clients.ts';
import { createWaker } from './waker.ts';

/** A waker with a client of its own, for a process outside of a deployment. */
export function wakerIn(settings: ClientSettings): WakeRollout {
  return createWaker(new LambdaClient(clientConfig(settings)));
}
