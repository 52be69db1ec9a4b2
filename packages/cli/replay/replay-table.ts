import type { BenchRow } from '@evenkeel/core/replay';
import { BEST_CLASSIC, EVENKEEL, USUAL } from '../bench/bench-row.ts';
import type { Paint } from '../render/paint.ts';
import { type Column, table } from '../render/table.ts';

const ALIGNED: readonly Column[] = [
  { title: 'policy' },
  { title: 'cost', align: 'right' },
  { title: 'billed', align: 'right' },
  { title: 'hot %', align: 'right' },
  { title: 'unserved %', align: 'right' },
  { title: 'launches/day', align: 'right' },
];

/** Every policy on one trace, the cheapest first; Evenkeel's row stands out. */
export function replayTable(rows: readonly BenchRow[], paint: Paint): string {
  const sorted = rows.toSorted((a, b) => a.riskAdjustedCost - b.riskAdjustedCost);
  return table(
    ALIGNED,
    sorted.map((row) => replayCells(row).map((cell) => style(row.policy, cell, paint))),
  );
}

/** The titles of the columns. */
export const REPLAY_COLUMNS: readonly string[] = ALIGNED.map(({ title }) => title);

/** A policy's figures, one for each column. */
export function replayCells(row: BenchRow): readonly string[] {
  return [
    row.policy,
    row.riskAdjustedCost.toFixed(3),
    row.billedRatio.toFixed(3),
    row.hotPercent.toFixed(2),
    row.unservedPercent.toFixed(3),
    row.launchesPerDay.toFixed(0),
  ];
}

function style(policy: string, cell: string, paint: Paint): string {
  if (policy === EVENKEEL) return paint('strong', paint('good', cell));
  return policy === BEST_CLASSIC || policy === USUAL ? cell : paint('quiet', cell);
}

/** One sentence: Evenkeel against the bar and against the usual configuration. */
export function verdict(rows: readonly BenchRow[]): string {
  const cost = (policy: string): number =>
    rows.find((row) => row.policy === policy)?.riskAdjustedCost ?? Number.NaN;
  const against = (policy: string): string => {
    const share = cost(EVENKEEL) / cost(policy) - 1;
    return `${(Math.abs(share) * 100).toFixed(1)} % ${share <= 0 ? 'below' : 'above'}`;
  };
  const best = rows.find(
    ({ policy, riskAdjustedCost }) =>
      policy !== EVENKEEL && policy !== BEST_CLASSIC && riskAdjustedCost === cost(BEST_CLASSIC),
  );
  return (
    `Evenkeel's cost is ${against(USUAL)} ${USUAL} (the usual target tracking) and\n` +
    `${against(BEST_CLASSIC)} ${best?.policy}, the best classic policy for this load in hindsight.`
  );
}
