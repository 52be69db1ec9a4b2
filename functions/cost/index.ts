import { Worker } from 'node:worker_threads';
import { type Bill, billFor, type Samples } from './bill.ts';
import type { Usage } from './tally.ts';
import type { WorkerMessage } from './worker.ts';

export type { Bill } from './bill.ts';

/** Numbers of groups that are simulated: what does not grow with the groups shows in the difference. */
const FEW = 4;
const MANY = 8;

/**
 * Simulates days of two small fleets side by side, each in a thread of its own (the handlers keep what they know in their modules);
 * `onProgress` is told how much is done, 0 … 1.
 */
export async function takeSamples(days: number, onProgress: (share: number) => void): Promise<Samples> {
  const shares = new Map<number, number>();
  const run = (groups: number): Promise<Usage> =>
    simulateInThread(groups, days, (share) => {
      shares.set(groups, share);
      onProgress(((shares.get(FEW) ?? 0) * FEW + (shares.get(MANY) ?? 0) * MANY) / (FEW + MANY));
    });
  const [few, many] = await Promise.all([run(FEW), run(MANY)]);
  return { days, few: { groups: FEW, usage: few }, many: { groups: MANY, usage: many } };
}

function simulateInThread(groups: number, days: number, onProgress: (share: number) => void): Promise<Usage> {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { workerData: { groups, days } });
  return new Promise((resolve, reject) => {
    worker.on('message', (message: WorkerMessage) => {
      if (message.kind === 'usage') resolve(message.usage);
      else onProgress(message.share);
    });
    worker.on('error', reject);
    worker.on('exit', () => reject(new Error('the cost simulation ended without a result')));
  });
}

/** What would be saved a month by asking less of CloudWatch, the dearest part by far. */
export interface Saving {
  readonly what: string;
  readonly total: number;
}

export interface CostReport {
  readonly bill: Bill;
  readonly savings: readonly Saving[];
  readonly days: number;
}

/** The bill of so many groups, and what lowers it most. */
export function costReport(samples: Samples, groups: number): CostReport {
  const bill = billFor(samples, groups);
  const dollars = (what: string) => bill.lines.find((line) => line.what === what)?.dollars ?? 0;
  const grows =
    dollars('CloudWatch: metrics read') +
    dollars('Lambda') +
    dollars('DynamoDB') +
    dollars('CloudWatch: logs');
  return {
    bill,
    days: samples.days,
    savings: [
      { what: 'ticks every ten minutes instead of five', total: bill.total - grows / 2 },
      {
        what: 'one CloudWatch series a group and tick instead of two',
        total: bill.total - dollars('CloudWatch: metrics read') / 2,
      },
    ],
  };
}
