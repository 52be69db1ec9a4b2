import { type DecisionKind, type LedgerEntry, utc } from '@evenkeel/core/explain';
import type { Paint } from '../render/paint.ts';
import { wrap } from '../render/wrap.ts';
import { decisionSentence, excuseSentence, outcomeSentence } from './sentences.ts';

export interface ExplainReportOptions {
  /** How many of the last entries are listed. */
  readonly last: number;
  readonly columns: number;
  readonly paint: Paint;
}

const INDENT = ' '.repeat(4);
const MOST_COLUMNS = 110;

/**
 * Why the workload has its size: the decisions that hold now, what stands in the way, and the last entries of its ledger.
 * `entries` are the workload's own, oldest first.
 */
export function explainReport(
  workload: string,
  entries: readonly LedgerEntry[],
  options: ExplainReportOptions,
): string {
  const { paint, last } = options;
  const newest = entries.at(-1);
  if (newest === undefined) return `Nothing was decided about ${workload}.\n`;
  const changes = entries.filter((entry) => !isRoutine(entry));
  const lastOnes = changes.slice(-last);
  return [
    '',
    paint('strong', `${workload} as of ${utc(newest.at)}`),
    '',
    ...standing(entries).flatMap((entry) => entryLines(entry, options)),
    ...excusesInForce(entries).flatMap((text) =>
      wrap(`  ${paint('careful', 'not done')}  ${text}`, width(options), INDENT),
    ),
    '',
    paint('strong', `Last ${lastOnes.length} of ${changes.length} changes, newest first`),
    '',
    ...lastOnes.toReversed().flatMap((entry) => entryLines(entry, options)),
    '',
    paint(
      'quiet',
      'tt-65 over FORECASTER 80 % = target tracking at 65 % above floors at the 80 % quantile of that forecaster',
    ),
    '',
  ].join('\n');
}

/** Kinds whose newest entry says how things stand, in the order a reader asks for them. */
const STANDING: readonly (readonly DecisionKind[])[] = [
  ['floors'],
  ['target'],
  ['strategy'],
  ['hold', 'release'],
  ['adoption'],
];

function standing(entries: readonly LedgerEntry[]): readonly LedgerEntry[] {
  return STANDING.flatMap(
    (kinds) => entries.findLast(({ decision }) => decision && kinds.includes(decision.kind)) ?? [],
  ).filter(({ decision }) => decision?.kind !== 'release');
}

/** The plan was written anew without changing the present floor: routine, thousands of them. */
function isRoutine({ decision }: LedgerEntry): boolean {
  return decision?.kind === 'floors' && decision.floorBefore === decision.floorNow;
}

/** What the newest entry of each loop could not do. */
function excusesInForce(entries: readonly LedgerEntry[]): readonly string[] {
  const newestOf = (loop: string): LedgerEntry | undefined =>
    entries.findLast(({ id }) => id.startsWith(`${loop}/`));
  return ['review', 'tick'].flatMap((loop) => newestOf(loop)?.excuses.map(excuseSentence) ?? []);
}

function entryLines(entry: LedgerEntry, options: ExplainReportOptions): readonly string[] {
  const { paint } = options;
  const head = `  ${paint('quiet', utc(entry.at))}  `;
  const { decision, outcome, excuses } = entry;
  const outcomeText = outcome?.kind === 'applied' ? '' : ` [${outcomeSentence(outcome)}]`;
  const said = decision
    ? `${paint('strong', decision.kind)}  ${decisionSentence(decision)}${outcome ? outcomeText : ''}`
    : `${paint('careful', 'excuse')}  ${excuses.length === 0 ? 'Nothing stands in the way any more.' : excuses.map(excuseSentence).join(' ')}`;
  return wrap(`${head}${said}`, width(options), INDENT);
}

function width({ columns }: ExplainReportOptions): number {
  return Math.min(columns, MOST_COLUMNS);
}
