import { BEST_CLASSIC, type BenchRow, EVENKEEL } from '../../../packages/cli/bench/bench-row.ts';
import { geometricMean } from '../../../packages/cli/bench/summarise.ts';
import { quantileFor } from './peer.ts';
import type { PeerRow } from './score-run.ts';

/** The figures of one policy in one case, trace by trace. */
export interface CaseFigures {
  readonly startup: number;
  readonly lossFactor: number;
  readonly byTrace: Readonly<Record<string, number>>;
  readonly mean: number;
}

/** A line of the table: a policy with a figure for each start-up time and loss factor. */
export interface TableLine {
  readonly policy: string;
  /** `as set up`: floors at 1 - 1/l over the one target that is best over all traces; `hindsight`: the best setting per trace. */
  readonly setting: 'as it is' | 'as set up' | 'hindsight';
  /** The target of `as set up`, for each case. */
  readonly targets?: readonly number[];
  readonly cases: readonly CaseFigures[];
}

/** Evenkeel and best classic as they are, and each peer twice, the cheapest in hindsight first. */
export function peerTable(own: readonly BenchRow[], peers: readonly PeerRow[]): readonly TableLine[] {
  const asTheyAre = [EVENKEEL, BEST_CLASSIC].map((policy): TableLine => {
    const rows = own.filter((row) => row.policy === policy);
    return { policy, setting: 'as it is', cases: casesOf(rows).map((some) => figuresOf(some)) };
  });
  const byPeer = [...Map.groupBy(peers, (row) => row.policy).values()];
  return inOrder([...asTheyAre, ...byPeer.flatMap(linesOf)]);
}

/** A table with the peers of an earlier one that it does not have itself. */
export function withKnownPeers(
  lines: readonly TableLine[],
  known: readonly TableLine[],
): readonly TableLine[] {
  const own = new Set(lines.map(({ policy }) => policy));
  return inOrder([...lines, ...known.filter(({ policy }) => !own.has(policy))]);
}

function inOrder(lines: readonly TableLine[]): readonly TableLine[] {
  const byPolicy = [...Map.groupBy(lines, ({ policy }) => policy).values()];
  const overall = (some: readonly TableLine[]): number =>
    some.some(({ setting }) => setting === 'as it is')
      ? 0
      : geometricMean(some.at(-1)?.cases.map(({ mean }) => mean) ?? []);
  return byPolicy.toSorted((a, b) => overall(a) - overall(b)).flat();
}

function linesOf(rows: readonly PeerRow[]): readonly TableLine[] {
  const policy = rows[0]?.policy ?? '';
  const cases = casesOf(rows);
  const setUp = cases.map(bestTarget);
  return [
    {
      policy,
      setting: 'as set up',
      targets: setUp.map(({ target }) => target),
      cases: setUp.map(({ figures }) => figures),
    },
    { policy, setting: 'hindsight', cases: cases.map((some) => figuresOf(some)) },
  ];
}

function casesOf<Row extends BenchRow>(rows: readonly Row[]): readonly (readonly Row[])[] {
  return [...Map.groupBy(rows, ({ startup, lossFactor }) => `${startup}/${lossFactor}`).values()];
}

/** The target whose mean over all traces is best, with floors at the quantile of the loss factor. */
function bestTarget(rows: readonly PeerRow[]): { readonly target: number; readonly figures: CaseFigures } {
  const told = rows.filter(
    ({ quantile, lossFactor }) => quantile === 0 || Math.abs(quantile - quantileFor(lossFactor)) < 1e-5,
  );
  const [best] = [...Map.groupBy(told, (row) => row.target)]
    .map(([target, some]) => ({ target, figures: figuresOf(some) }))
    .toSorted((a, b) => a.figures.mean - b.figures.mean);
  if (best === undefined) throw new RangeError('a case without rows has no best target');
  return best;
}

/** The cheapest row of each trace. */
function figuresOf(rows: readonly BenchRow[]): CaseFigures {
  const { startup, lossFactor } = rows[0] as BenchRow;
  const byTrace = Object.fromEntries(
    [...Map.groupBy(rows, (row) => row.trace)].map(([trace, some]) => [
      trace,
      Math.min(...some.map((row) => row.riskAdjustedCost)),
    ]),
  );
  return { startup, lossFactor, byTrace, mean: geometricMean(Object.values(byTrace)) };
}
