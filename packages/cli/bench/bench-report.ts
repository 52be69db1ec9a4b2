import type { Paint } from '../render/paint.ts';
import { type Column, table } from '../render/table.ts';
import { BEST_CLASSIC, type BenchRow, EVENKEEL, USUAL } from './bench-row.ts';
import { type Case, casesOf, geometricMean, leaveOneOut, ratiosTo } from './summarise.ts';

/** The cases of one start-up time and fleet: the columns of a table, one for each loss factor. */
interface Sheet {
  readonly title: string;
  readonly cases: readonly Case[];
}

/** The whole report: for each start-up time the means, Evenkeel against the bar trace by trace, and the worst named. */
export function benchReport(rows: readonly BenchRow[], paint: Paint): string {
  return sheetsOf(rows)
    .map((sheet) => [means, byTrace, robustness].map((part) => part(sheet, paint)).join('\n'))
    .join('\n');
}

function sheetsOf(rows: readonly BenchRow[]): readonly Sheet[] {
  const sheets = Map.groupBy(casesOf(rows), ({ startup, fleet }) =>
    fleet === undefined ? `start-up ${startup} min` : `start-up ${startup} min, fleet ${fleet}`,
  );
  return [...sheets].map(([title, cases]) => ({ title, cases }));
}

function lossColumns(sheet: Sheet): readonly Column[] {
  return sheet.cases.map(({ lossFactor }) => ({ title: `l = ${lossFactor}`, align: 'right' }));
}

function means(sheet: Sheet, paint: Paint): string {
  const policies = [...new Set(sheet.cases[0]?.rows.map((row) => row.policy))];
  const columns: readonly Column[] = [
    { title: 'policy' },
    ...lossColumns(sheet),
    { title: 'launches/day', align: 'right' },
  ];
  const body = policies.map((policy) => {
    const own = sheet.cases.map((one) => one.rows.filter((row) => row.policy === policy));
    const costs = own.map((some) => geometricMean(some.map((row) => row.riskAdjustedCost)).toFixed(3));
    const launches = own.flat().map((row) => row.launchesPerDay);
    const cells = [
      policy,
      ...costs,
      (launches.reduce((sum, value) => sum + value, 0) / launches.length).toFixed(0),
    ];
    return cells.map((cell) => emphasis(policy, cell, paint));
  });
  const title = paint('strong', `Risk-adjusted cost, geometric mean over the traces, ${sheet.title}`);
  return `${title}\n\n${table(columns, body)}`;
}

function emphasis(policy: string, cell: string, paint: Paint): string {
  if (policy === EVENKEEL) return paint('good', cell);
  return policy === BEST_CLASSIC || policy === USUAL ? cell : paint('quiet', cell);
}

function byTrace(sheet: Sheet, paint: Paint): string {
  const ratios = sheet.cases.map(
    (one) => new Map(ratiosTo(BEST_CLASSIC, one.rows).map((r) => [r.trace, r.ratio])),
  );
  const traces = [...(ratios[0]?.keys() ?? [])].toSorted();
  const cell = (ratio: number): string =>
    paint(ratio <= 1 ? 'good' : ratio > 1.03 ? 'bad' : 'careful', ratio.toFixed(3));
  const body = traces.map((trace) => [trace, ...ratios.map((of) => cell(of.get(trace) ?? Number.NaN))]);
  const all = ['all (geometric mean)', ...ratios.map((of) => cell(geometricMean([...of.values()])))];
  const title = paint('strong', `Evenkeel / best classic in hindsight, ${sheet.title} (below 1: cheaper)`);
  return `${title}\n\n${table([{ title: 'trace' }, ...lossColumns(sheet)], [...body, all])}`;
}

/** How far single traces are from the mean: the worst of each loss factor, and the mean with each trace left out. */
function robustness(sheet: Sheet, paint: Paint): string {
  const columns: readonly Column[] = [
    { title: '' },
    { title: 'worst trace' },
    { title: '/ best classic', align: 'right' },
    { title: `most / ${USUAL}`, align: 'right' },
    { title: 'mean, any one left out', align: 'right' },
  ];
  const body = sheet.cases.map((one) => {
    const [worst] = ratiosTo(BEST_CLASSIC, one.rows);
    const [worstToUsual] = ratiosTo(USUAL, one.rows);
    const left = leaveOneOut(one.rows);
    return [
      `l = ${one.lossFactor}`,
      worst?.trace ?? '',
      worst?.ratio.toFixed(3) ?? '',
      worstToUsual?.ratio.toFixed(3) ?? '',
      left === undefined ? '' : `${left.least.toFixed(3)} … ${left.most.toFixed(3)}`,
    ];
  });
  return `${paint('strong', `Single traces, ${sheet.title}`)}\n\n${table(columns, body)}`;
}
