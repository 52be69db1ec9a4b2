/**
 * Evenkeel, the best classic policy and real peers on the same traces, in the same world, by the same score:
 *   npm run bench:peers -- --traces FOLDER [--startup 3,10] [--peers LightGBM,MSTL] [--known OLD.json] [--out FIGURES.json]
 *     [--table TABLE.json]
 * Peers are installed beforehand by `npm run bench:peers:install`. With `--known`, peers that are not named are taken from
 * an earlier run's figures, as they do not change when Evenkeel does; `--peers none --known …` plays Evenkeel alone anew.
 * `--out` has every setting of every peer, `--table` the lines of the table with their figures trace by trace.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { benchTrace, createWorld, type Trace } from '@evenkeel/core/replay';
import type { BenchRow } from '../../../packages/cli/bench/bench-row.ts';
import { prepare } from '../../../packages/cli/trace/prepare.ts';
import { readTraces } from '../../../packages/cli/trace/read-traces.ts';
import { horizontalPodAutoscaler } from './horizontal-pod-autoscaler.ts';
import { PEER_LOSS_FACTORS, type Peer } from './peer.ts';
import { startPeer } from './peer-process.ts';
import { type Effort, type PeerFigures, peerReport } from './peer-report.ts';
import { peerTable } from './peer-table.ts';
import { PEERS } from './peers.ts';
import { type PeerPlay, playPeer } from './play-peer.ts';
import { playReflex } from './play-reflex.ts';

/** A trace by its name. */
interface Named {
  readonly name: string;
  readonly trace: Trace;
}

const { values: options } = parseArgs({
  options: {
    traces: { type: 'string' },
    startup: { type: 'string', default: '3,10' },
    peers: { type: 'string', default: PEERS.map(({ name }) => name).join(',') },
    known: { type: 'string' },
    out: { type: 'string' },
    table: { type: 'string' },
  },
});
if (options.traces === undefined) throw new Error('--traces is missing; write --traces FOLDER');
const wanted = options.peers === 'none' ? [] : options.peers.split(',');
const unknown = wanted.filter((name) => !PEERS.some((peer) => peer.name === name));
if (unknown.length > 0) {
  throw new Error(
    `--peers ${unknown.join(',')} is unknown; take of ${PEERS.map(({ name }) => name).join(', ')}`,
  );
}
const startups = options.startup.split(',').map(Number);
const began = performance.now();
const files = await readTraces(options.traces, process.cwd());
const traces = files.map((file): Named => ({ name: file.name, trace: prepare(file) }));

/** Two peers at a time, each in its process; this process plays the world for both. */
const queue = PEERS.filter(({ name }) => wanted.includes(name));
const plays: { readonly peer: Peer; readonly play: PeerPlay }[] = [];
await Promise.all([playQueue(), playQueue()]);
const reflexes = traces.flatMap(({ name, trace }) =>
  playReflex({ policy: 'HPA / KEDA', create: horizontalPodAutoscaler, traceName: name, trace, startups }),
);
const own = traces.flatMap(playOwn);
const figures = withKnown({
  own,
  rows: [...plays.flatMap(({ play }) => play.rows), ...reflexes],
  efforts: wanted.map(effortOf),
});
console.log(`${peerReport(figures)}\n\n${((performance.now() - began) / 60_000).toFixed(1)} minutes.`);
if (options.out !== undefined) write(options.out, figures);
if (options.table !== undefined) {
  write(options.table, { lines: peerTable(figures.own, figures.rows), efforts: figures.efforts });
}

/** With the peers of an earlier run that were not played in this one. */
function withKnown(figures: PeerFigures): PeerFigures {
  if (options.known === undefined) return figures;
  const known = JSON.parse(readFileSync(options.known, 'utf8')) as PeerFigures;
  const played = new Set(figures.rows.map((row) => row.policy));
  return {
    own: figures.own,
    rows: [...figures.rows, ...known.rows.filter((row) => !played.has(row.policy))],
    efforts: [...figures.efforts, ...known.efforts.filter(({ peer }) => !played.has(peer))],
  };
}

async function playQueue(): Promise<void> {
  for (let peer = queue.shift(); peer !== undefined; peer = queue.shift()) {
    const running = startPeer(peer.command);
    try {
      for (const { name, trace } of traces) {
        const play = await playPeer({ peer, process: running, traceName: name, trace, startups });
        plays.push({ peer, play });
        console.error(`${peer.name}, ${name}: ${play.fits} fits in ${play.seconds.toFixed(0)} s`);
      }
    } finally {
      running.close();
    }
  }
}

function playOwn({ name, trace }: Named): readonly BenchRow[] {
  return startups.flatMap((startup) =>
    benchTrace({ trace, world: createWorld({ startup }), lossFactors: PEER_LOSS_FACTORS }).map((row) => ({
      trace: name,
      startup,
      ...row,
    })),
  );
}

function effortOf(name: string): Effort {
  const own = plays.filter(({ peer }) => peer.name === name).map(({ play }) => play);
  const sum = (of: (play: PeerPlay) => number): number => own.reduce((total, play) => total + of(play), 0);
  return {
    peer: name,
    package: own[0]?.package ?? '',
    fits: sum(({ fits }) => fits),
    seconds: sum(({ seconds }) => seconds),
  };
}

/** Five decimals are more than any figure is worth. */
function write(file: string, value: unknown): void {
  const rounded = (_key: string, each: unknown): unknown =>
    typeof each === 'number' ? Number(each.toFixed(5)) : each;
  writeFileSync(file, `${JSON.stringify(value, rounded, 1)}\n`);
}
