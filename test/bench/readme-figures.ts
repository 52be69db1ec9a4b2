/**
 * `node test/bench/readme-figures.ts FIGURES.json`: writes the tables of README.md anew from what
 * `evenkeel bench --traces DIR --startup 3,10 --json > FIGURES.json` gave.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BEST_CLASSIC, type BenchRow, EVENKEEL, USUAL } from '../../packages/cli/bench/bench-row.ts';
import { casesOf, geometricMeans, ratiosTo } from '../../packages/cli/bench/summarise.ts';

const README = join(import.meta.dirname, '..', '..', 'README.md');

const SHOWN = [
  [EVENKEEL, '**Evenkeel**'],
  [BEST_CLASSIC, 'best classic policy, picked in hindsight for each trace'],
  [USUAL, 'target tracking at 50 %'],
  ['ps+tt-50', 'predictive scaling + target tracking at 50 %'],
  ['static', 'static, 1.2 x the highest need'],
  ['moving-p90', 'moving 90th percentile'],
] as const;

const TIERS: Readonly<Record<number, string>> = { 3: 'tier 3', 10: 'tier 2', 30: 'tier 1', 100: 'tier 0' };

function table(rows: readonly BenchRow[], first: string, body: readonly (readonly string[])[]): string {
  const heads = casesOf(rows).map(({ startup, lossFactor }) => `${startup} min, ${TIERS[lossFactor]}`);
  const rule = ['---', ...heads.map(() => '--:')];
  return [[first, ...heads], rule, ...body].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function meansTable(rows: readonly BenchRow[]): string {
  const means = geometricMeans(rows);
  const body = SHOWN.map(([policy, name]) => [
    name,
    ...means.filter((row) => row.policy === policy).map((row) => row.riskAdjustedCost.toFixed(3)),
  ]);
  return table(rows, '', body);
}

function tracesTable(rows: readonly BenchRow[]): string {
  const cases = casesOf(rows).map((one) => ratiosTo(BEST_CLASSIC, one.rows));
  const traces = [...new Set(rows.map((row) => row.trace))];
  const body = traces.map((trace) => [
    trace,
    ...cases.map((ratios) => ratios.find((ratio) => ratio.trace === trace)?.ratio.toFixed(3) ?? ''),
  ]);
  return table(rows, 'trace', body);
}

/** The worst ratio over all cases, in words. */
function worst(rows: readonly BenchRow[], policy: string): string {
  const all = casesOf(rows).flatMap((one) =>
    ratiosTo(policy, one.rows).map((ratio) => ({ ...ratio, ...one })),
  );
  const [first] = all.toSorted((a, b) => b.ratio - a.ratio);
  if (first === undefined) return '';
  return `${first.ratio.toFixed(3)} x (\`${first.trace}\`, start-up ${first.startup} min, ${TIERS[first.lossFactor]})`;
}

const { results } = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')) as {
  results: readonly BenchRow[];
};
const figures = [
  meansTable(results),
  '',
  `On the worst trace Evenkeel costs ${worst(results, BEST_CLASSIC)} the best classic policy, and nowhere more than ${worst(results, USUAL)} target tracking at 50 %.`,
  'Ratio to the best classic policy on every trace (below 1: cheaper than any classic policy could have been, had one known beforehand which):',
  '',
  tracesTable(results),
].join('\n');
const readme = readFileSync(README, 'utf8');
const [before = '', after = ''] = readme.split(/<!-- figures -->[\s\S]*<!-- \/figures -->/);
writeFileSync(README, `${before}<!-- figures -->\n${figures}\n<!-- /figures -->${after}`);
