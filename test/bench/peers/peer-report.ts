import { BEST_CLASSIC, type BenchRow, EVENKEEL } from '../../../packages/cli/bench/bench-row.ts';
import { peerTable, type TableLine } from './peer-table.ts';
import type { PeerRow } from './score-run.ts';

/** What a peer took for all traces. */
export interface Effort {
  readonly peer: string;
  /** Name and version. */
  readonly package: string;
  /** Models fitted and seconds of its computing, for all its runs. */
  readonly fits: number;
  readonly seconds: number;
}

/** A finished benchmark: Evenkeel and the classic policies, every setting of every peer, and what the peers took. */
export interface PeerFigures {
  readonly own: readonly BenchRow[];
  readonly rows: readonly PeerRow[];
  readonly efforts: readonly Effort[];
}

/** The report in Markdown: the means, each trace where a peer is cheaper than Evenkeel, and what the peers computed. */
export function peerReport({ own, rows, efforts }: PeerFigures): string {
  const lines = peerTable(own, rows);
  return [meansOf(lines), winsOf(lines), effortsOf(efforts)].join('\n\n');
}

const NAMES: Readonly<Record<string, string>> = {
  [EVENKEEL]: '**Evenkeel**',
  [BEST_CLASSIC]: 'best classic policy in hindsight',
};

function meansOf(lines: readonly TableLine[]): string {
  const heads = (lines[0]?.cases ?? []).map(({ startup, lossFactor }) => `${startup} min, l = ${lossFactor}`);
  const body = lines.map(({ policy, setting, targets, cases }) => [
    NAMES[policy] ?? policy,
    setting,
    ...cases.map(({ mean }, index) => {
      const target = targets?.[index];
      return target === undefined ? mean.toFixed(3) : `${mean.toFixed(3)} (${Math.round(100 * target)})`;
    }),
  ]);
  return markdown(['policy', 'setting', ...heads], body);
}

/** Traces on which a peer's best setting, picked in hindsight, is cheaper than Evenkeel. */
function winsOf(lines: readonly TableLine[]): string {
  const evenkeel = lines.find(({ policy }) => policy === EVENKEEL);
  const found = lines
    .filter(({ policy }) => policy !== EVENKEEL && policy !== BEST_CLASSIC)
    .flatMap(({ policy, setting, cases }) =>
      cases.flatMap(({ startup, lossFactor, byTrace }, index) =>
        Object.entries(byTrace)
          .map(([trace, cost]) => ({
            trace,
            ratio: cost / (evenkeel?.cases[index]?.byTrace[trace] ?? Number.NaN),
          }))
          .filter(({ ratio }) => ratio < 1)
          .map(({ trace, ratio }) => [
            trace,
            `${startup} min, l = ${lossFactor}`,
            policy,
            setting,
            ratio.toFixed(3),
          ]),
      ),
    );
  const heads = ['trace', 'case', 'cheaper than Evenkeel', 'setting', 'its cost / Evenkeel’s'];
  return markdown(
    heads,
    found.toSorted((a, b) => a.join().localeCompare(b.join())),
  );
}

function effortsOf(efforts: readonly Effort[]): string {
  const body = efforts.map((effort) => [
    effort.peer,
    effort.package,
    String(effort.fits),
    effort.seconds.toFixed(0),
    ((1000 * effort.seconds) / Math.max(1, effort.fits)).toFixed(1),
  ]);
  return markdown(['peer', 'package', 'models fitted', 'seconds, one core', 'ms a fit'], body);
}

function markdown(heads: readonly string[], body: readonly (readonly string[])[]): string {
  return [heads, heads.map(() => '---'), ...body].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
