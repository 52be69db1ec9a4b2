import { BEST_CLASSIC, EVENKEEL } from '../../../packages/cli/bench/bench-row.ts';
import type { TableLine } from './peer-table.ts';

/** What a peer took for all traces. */
export interface Effort {
  readonly peer: string;
  /** Name and version. */
  readonly package: string;
  /** Models fitted and seconds of its computing, for all its runs. */
  readonly fits: number;
  readonly seconds: number;
}

/** A finished benchmark: the table's lines and what the peers took. */
export interface PeerFigures {
  readonly lines: readonly TableLine[];
  readonly efforts: readonly Effort[];
}

/** The report in Markdown: the means, each trace where a peer is cheaper than Evenkeel, and what the peers computed. */
export function peerReport({ lines, efforts }: PeerFigures): string {
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

/** Where a peer is cheaper than Evenkeel: the cheapest of them, and the cheapest that did not need hindsight by trace. */
function winsOf(lines: readonly TableLine[]): string {
  const evenkeel = lines.find(({ policy }) => policy === EVENKEEL);
  const wins = (evenkeel?.cases ?? []).flatMap(({ startup, lossFactor, byTrace }, index) =>
    Object.entries(byTrace).map(([trace, own]) => {
      const cheapest = (setting: TableLine['setting']): string => {
        const [best] = lines
          .filter((line) => line.setting === setting)
          .map(({ policy, cases }) => ({ policy, ratio: (cases[index]?.byTrace[trace] ?? Infinity) / own }))
          .toSorted((a, b) => a.ratio - b.ratio);
        return best === undefined || best.ratio >= 1 ? '' : `${best.policy} ${best.ratio.toFixed(3)}`;
      };
      return [trace, `${startup} min, l = ${lossFactor}`, cheapest('hindsight'), cheapest('as set up')];
    }),
  );
  const heads = ['trace', 'case', 'cheaper in hindsight / Evenkeel', 'as set up / Evenkeel'];
  return markdown(
    heads,
    wins
      .filter(([, , inHindsight]) => inHindsight !== '')
      .toSorted((a, b) => a.join().localeCompare(b.join())),
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
