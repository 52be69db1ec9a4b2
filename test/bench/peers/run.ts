/**
 * Evenkeel, the best classic policy and real peers on the same traces, in the same world, by the same score:
 *   npm run bench:peers -- --traces FOLDER [--startup 3,10] [--peers LightGBM,MSTL] [--known TABLE.json] [--own BENCH.json]
 *     [--table TABLE.json] [--out ROWS.json] [--page docs/evaluation.md]
 * Peers are installed beforehand by `npm run bench:peers:install`.
 *   --peers   those to play; `none` for the reflexes alone
 *   --known   a table of an earlier run: peers that are not played are taken from it, as they do not change with Evenkeel
 *   --own     what `evenkeel bench --json` gave on the same traces, in place of playing Evenkeel and the classic policies
 *   --table   writes the lines of the table, trace by trace; --out every setting of every peer
 *   --page    writes the report between the marks <!-- peers --> and <!-- /peers --> of a page
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
import { peerTable, withKnownPeers } from './peer-table.ts';
import { PEERS } from './peers.ts';
import { type PeerPlay, playPeer } from './play-peer.ts';
import { playReflex } from './play-reflex.ts';
import type { PeerRow } from './score-run.ts';

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
    own: { type: 'string' },
    table: { type: 'string' },
    out: { type: 'string' },
    page: { type: 'string' },
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
const own = options.own === undefined ? traces.flatMap(playOwn) : ownOf(options.own);
const rows: readonly PeerRow[] = [...plays.flatMap(({ play }) => play.rows), ...reflexes];
const figures = withKnown({ lines: peerTable(own, rows), efforts: wanted.map(effortOf) });
const report = peerReport(figures);
console.log(`${report}\n\n${((performance.now() - began) / 60_000).toFixed(1)} minutes.`);
if (options.out !== undefined) write(options.out, { own, rows });
if (options.table !== undefined) write(options.table, figures);
if (options.page !== undefined) writeInto(options.page, report);

/** With the peers of an earlier run that were not played in this one. */
function withKnown(figures: PeerFigures): PeerFigures {
  if (options.known === undefined) return figures;
  const known = JSON.parse(readFileSync(options.known, 'utf8')) as PeerFigures;
  const efforts = known.efforts.filter(({ peer }) => !wanted.includes(peer));
  return { lines: withKnownPeers(figures.lines, known.lines), efforts: [...figures.efforts, ...efforts] };
}

function ownOf(file: string): readonly BenchRow[] {
  const { results } = JSON.parse(readFileSync(file, 'utf8')) as { readonly results: readonly BenchRow[] };
  const scored: readonly number[] = PEER_LOSS_FACTORS;
  return results.filter(
    ({ lossFactor, startup }) => scored.includes(lossFactor) && startups.includes(startup),
  );
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

function writeInto(page: string, text: string): void {
  const [before, after, ...more] = readFileSync(page, 'utf8').split(/<!-- peers -->[\s\S]*<!-- \/peers -->/);
  if (after === undefined || more.length > 0) {
    throw new Error(`${page} needs the marks <!-- peers --> and <!-- /peers --> once each, in this order`);
  }
  writeFileSync(page, `${before}<!-- peers -->\n${text}\n<!-- /peers -->${after}`);
}
