import { parentPort, workerData } from 'node:worker_threads';
import { simulateUsage } from './simulate.ts';
import type { Usage } from './tally.ts';

/** What a simulation in a thread of its own tells. */
export type WorkerMessage =
  | { readonly kind: 'progress'; readonly share: number }
  | { readonly kind: 'usage'; readonly usage: Usage };

const { groups, days } = workerData as { readonly groups: number; readonly days: number };
const tell = (message: WorkerMessage): void => parentPort?.postMessage(message);
tell({
  kind: 'usage',
  usage: await simulateUsage({ groups, days, onProgress: (share) => tell({ kind: 'progress', share }) }),
});
