import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { ForecastMessage, ForecastsReply, Message, OpenMessage, Reply } from './messages.ts';

/** A peer in a process of its own, asked one thing at a time. */
export interface PeerProcess {
  /** Begins a trace; gives the name and version of the package that decides. */
  readonly open: (message: OpenMessage) => Promise<string>;
  readonly forecast: (message: ForecastMessage) => Promise<ForecastsReply>;
  readonly close: () => void;
}

/**
 * Starts a peer by its command line. Its answers reject with an Error that carries what the peer wrote to standard error
 * when it fails or ends.
 */
export function startPeer([command, ...args]: readonly [string, ...string[]]): PeerProcess {
  const child = spawn(command, args, { env: { ...process.env, ...ONE_THREAD } });
  let complaint = '';
  let waiting: { resolve: (reply: Reply) => void; reject: (error: Error) => void } | undefined;
  const fail = (why: string): void => waiting?.reject(new Error(`${command}: ${why}\n${complaint}`));
  child.stderr.on('data', (chunk: Buffer) => {
    complaint = (complaint + chunk.toString()).slice(-KEPT_COMPLAINT);
  });
  child.on('error', (error) => fail(error.message));
  child.on('close', (code) => fail(`ended with ${code}`));
  // A peer that is gone is told by 'close'; writing to it must not end the benchmark without a word.
  child.stdin.on('error', () => {});
  createInterface({ input: child.stdout }).on('line', (line) => {
    const { resolve } = waiting ?? {};
    waiting = undefined;
    resolve?.(JSON.parse(line) as Reply);
  });
  const ask = async <Kind extends Reply['kind']>(message: Message, kind: Kind) => {
    const reply = await new Promise<Reply>((resolve, reject) => {
      waiting = { resolve, reject };
      child.stdin.write(`${JSON.stringify(message)}\n`);
    });
    if (reply.kind === kind) return reply as Extract<Reply, { kind: Kind }>;
    throw new Error(
      `${command}: ${reply.kind === 'failed' ? reply.error : `said ${reply.kind}, not ${kind}`}`,
    );
  };
  return {
    open: async (message) => (await ask(message, 'opened')).package,
    forecast: (message) => ask(message, 'forecasts'),
    close: () => void child.stdin.end(),
  };
}

const KEPT_COMPLAINT = 4000;

/** Peers share the machine with each other: numerical libraries must not each take all cores. */
const ONE_THREAD = { OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1', NUMBA_NUM_THREADS: '1' };
