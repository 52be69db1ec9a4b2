import { dollars, type LedgerEntry, number, percent } from '@evenkeel/core/explain';
import { change } from '../render/change.ts';
import { moneyColumns } from '../render/money-columns.ts';
import type { Paint } from '../render/paint.ts';
import { table } from '../render/table.ts';
import { wrap } from '../render/wrap.ts';
import type { BeforeAfterRow, Period } from './before-after.ts';
import { DEMO_DAYS } from './calendar.ts';
import type { DemoWorkload } from './workload.ts';

const COLUMNS = moneyColumns('workload');

/** The end of the demo: money, hot minutes and launches before and after, and what each workload plans with and why. */
export function demoReport(
  rows: readonly BeforeAfterRow[],
  workloads: readonly DemoWorkload[],
  entries: readonly LedgerEntry[],
  { paint, columns }: { readonly paint: Paint; readonly columns: number },
): string {
  const body = rows.map((row, index) => accounts(row, workloads[index]?.tier ?? 0, paint));
  return [
    paint('strong', 'Two weeks, before → after'),
    '',
    table(COLUMNS, [...body, total(rows, paint)]),
    NOTES,
    paint('strong', 'How'),
    '',
    ...workloads.flatMap(({ name }) =>
      wrap(how(name, entries, paint), Math.min(columns, 100), ' '.repeat(12)),
    ),
  ].join('\n');
}

const NOTES = `before: the group's own target tracking at 50 %, on the same demand
money:  on-demand list prices of us-east-1 (Linux, 2026-07-20), for 30 days
hot:    minutes above 70 % CPU. Reserve is in use then; nothing is lost below
        100 %. What a tier says is how much of that is worth how much money:
risk-adj.: cost with risk, (billed + loss factor x short) / perfect foresight's bill
`;

function accounts(
  { workload, before, after }: BeforeAfterRow,
  tier: number,
  paint: Paint,
): readonly string[] {
  const arrow = (show: (period: Period) => string): string => `${show(before)} → ${show(after)}`;
  const risk = arrow((period) => period.riskAdjustedCost.toFixed(2));
  return [
    workload,
    String(tier),
    arrow((period) => number(period.dollarsPerMonth, 0)),
    paintedChange(before.dollarsPerMonth, after.dollarsPerMonth, paint),
    arrow((period) => number(period.hotMinutes / DEMO_DAYS, 0)),
    arrow((period) => number(period.launchesPerDay, 0)),
    after.riskAdjustedCost < before.riskAdjustedCost ? paint('good', risk) : risk,
  ];
}

function paintedChange(before: number, after: number, paint: Paint): string {
  const said = change(before, after);
  return said === 'the same' ? said : paint(after < before ? 'good' : 'careful', said);
}

function total(rows: readonly BeforeAfterRow[], paint: Paint): readonly string[] {
  const sum = (side: 'before' | 'after'): number =>
    rows.reduce((all, row) => all + row[side].dollarsPerMonth, 0);
  const money = `${number(sum('before'), 0)} → ${number(sum('after'), 0)}`;
  return ['all six', '', money, paintedChange(sum('before'), sum('after'), paint), '', '', ''].map((cell) =>
    paint('strong', cell),
  );
}

/** What a workload ended with, by its own ledger. */
export interface Finding {
  readonly strategy: string;
  /** How much less the strategy costs than the owner's configuration, replayed on the workload's history: 0 … 1. */
  readonly better: number;
  readonly historyDays: number;
  /** Evenkeel found nothing to improve. */
  readonly nothingToGain: boolean;
}

/** The newest nightly choice of a workload; undefined where there was none. */
export function findingOf(workload: string, entries: readonly LedgerEntry[]): Finding | undefined {
  const entry = entries.findLast((one) => one.workload === workload && one.decision?.kind === 'strategy');
  if (entry?.decision?.kind !== 'strategy') return undefined;
  const { to, score, ownerScore, historyDays } = entry.decision;
  const nothingToGain = entry.excuses.some(({ code }) => code === 'no-better-strategy');
  return { strategy: to, better: 1 - score / ownerScore, historyDays, nothingToGain };
}

/** What a workload plans with in the end and what that is worth, or why nothing changed, as a sentence without its end. */
export function findingSentence(workload: string, entries: readonly LedgerEntry[]): string {
  const finding = findingOf(workload, entries);
  if (finding === undefined) return 'no strategy was chosen';
  const { strategy, better, historyDays, nothingToGain } = finding;
  return nothingToGain
    ? `cannot be improved: nothing beats its own ${strategy} on ${historyDays} days of its demand`
    : `${strategy}: ${percent(better)} less than its own configuration in replay`;
}

function how(workload: string, entries: readonly LedgerEntry[], paint: Paint): string {
  const says = findingSentence(workload, entries);
  const told = findingOf(workload, entries)?.nothingToGain ? paint('careful', says) : says;
  return `${workload.padEnd(11)} ${told}`;
}

/** Money saved a month by all workloads together, in words. */
export function savedPerMonth(rows: readonly BeforeAfterRow[]): string {
  return dollars(rows.reduce((sum, row) => sum + row.before.dollarsPerMonth - row.after.dollarsPerMonth, 0));
}
