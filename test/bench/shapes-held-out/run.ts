/**
 * How the choice of shapes does on cases it was not scored on, and what each of its ingredients is worth:
 *   node test/bench/shapes-held-out/run.ts --traces FOLDER [--loss-factor 30] [--ablation] [--worst]
 */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { loadCatalog } from '@evenkeel/catalog';
import {
  benchEntries,
  type Candidate,
  DEFAULT_FUTURE_MODEL,
  DEFAULT_SHAPE_RULES,
  futuresOf,
  hindsightCost,
  knownLoad,
  naiveJoint,
  oracleUsd,
  type PricedEntry,
  type ShapeHistory,
} from '@evenkeel/core/shape';
import { heldOutCases, SETS } from './cases.ts';
import { VARIANTS, type Variant } from './variants.ts';

const { values: options } = parseArgs({
  options: {
    traces: { type: 'string' },
    'loss-factor': { type: 'string', default: '30' },
    ablation: { type: 'boolean' },
    worst: { type: 'boolean' },
  },
});
const LOSS_FACTOR = Number(options['loss-factor']);
if (options.traces === undefined) throw new Error('--traces is missing; write --traces FOLDER');

const entries = benchEntries((await loadCatalog('us-east-1')).entries);
const x86 = entries.filter(({ type }) => type.architectures.includes('x86_64'));
const cases = (await heldOutCases(resolve(options.traces))).map((each) => {
  const future = knownLoad(each.future, DEFAULT_SHAPE_RULES);
  return {
    ...each,
    costOf: hindsightCost(future, LOSS_FACTOR),
    oracle: oracleUsd(future, entries, LOSS_FACTOR),
    future,
  };
});

type Ratios = readonly { readonly set: string; readonly ratio: number }[];
type Choose = (
  history: ShapeHistory,
  allowed: readonly PricedEntry[],
  each: (typeof cases)[number],
) => Candidate;
const naive: Choose = (history, allowed) => naiveJoint(history, allowed, LOSS_FACTOR);
const evenkeel =
  (variant: Variant): Choose =>
  (history, allowed) =>
    variant.choose(history, allowed, LOSS_FACTOR);
const hindsight: Choose = (_, allowed, { future }) => naiveJoint(future.history, allowed, LOSS_FACTOR);

const rows: [string, Choose][] = [
  ['hindsight', hindsight],
  ['naive-joint', naive],
  ...VARIANTS.slice(0, options.ablation ? undefined : 1).map((variant): [string, Choose] => [
    variant.name,
    evenkeel(variant),
  ]),
];
for (const [set, meaning] of Object.entries(SETS)) {
  console.log(`${set}: ${meaning}, ${cases.filter((each) => each.set === set).length} cases`);
}
for (const [arch, allowed] of [
  ['any', entries],
  ['x86_64', x86],
] as const) {
  console.log(`\n| ${arch} | ${Object.keys(SETS).join(' | ')} | all but halves |\n|${' --- |'.repeat(9)}`);
  for (const [name, choose] of rows) console.log(line(name, ratios(choose, allowed)));
}
if (options.worst) printWorst();

function ratios(choose: Choose, allowed: readonly PricedEntry[]): Ratios {
  return cases.map((each) => {
    const usd = each.costOf(choose(each.history, allowed, each)).riskAdjustedUsd;
    return { set: each.set, ratio: usd / each.oracle };
  });
}

function line(name: string, scores: Ratios): string {
  const means = Object.keys(SETS).map((set) =>
    geometricMean(scores.filter((each) => each.set === set).map(({ ratio }) => ratio)),
  );
  // Every set counts the same, however many cases it has.
  const others = geometricMean(means.slice(1));
  return `| ${name} | ${means.map((mean) => mean.toFixed(3)).join(' | ')} | ${others.toFixed(3)} |`;
}

function printWorst(): void {
  const choose = evenkeel(VARIANTS[0]!);
  const scores = cases.map((each) => {
    const chosen = choose(each.history, entries, each);
    const best = hindsight(each.history, entries, each);
    const past = naive(each.history, entries, each);
    const ratio = (candidate: Candidate): string =>
      (each.costOf(candidate).riskAdjustedUsd / each.oracle).toFixed(2);
    const drifts = futuresOf(each.history, LOSS_FACTOR, DEFAULT_FUTURE_MODEL).loads.map(({ drift }) =>
      drift.toFixed(2),
    );
    const text = [past, chosen, best]
      .map((one) => `${one.count} x ${one.entry.type.name} ${ratio(one)}`)
      .join(' | ');
    return {
      ratio: Number(ratio(chosen)),
      text: `${each.set} ${each.name}: ${text} | drift ${drifts.join(' ')}`,
    };
  });
  console.log('\nworst: naive | evenkeel | hindsight');
  for (const { text } of scores.toSorted((a, b) => b.ratio - a.ratio).slice(0, 40)) console.log(text);
}

function geometricMean(values: readonly number[]): number {
  return Math.exp(values.reduce((sum, value) => sum + Math.log(value), 0) / values.length);
}
