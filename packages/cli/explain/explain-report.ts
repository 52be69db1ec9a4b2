import {
  decisionWithOutcome,
  excuseSentence,
  explainGroup,
  type LedgerEntry,
  utc,
} from '@evenkeel/core/explain';
import { STRATEGY_LEGEND } from '../render/legend.ts';
import type { Paint } from '../render/paint.ts';
import { MOST_COLUMNS, wrap } from '../render/wrap.ts';

export interface ExplainReportOptions {
  /** How many of the last changes are listed. */
  readonly last: number;
  readonly columns: number;
  readonly paint: Paint;
}

const INDENT = ' '.repeat(4);

/**
 * Why the workload has its size: what holds now, what is not done and why, and the last changes of its ledger.
 * `entries` are the workload's own, oldest first, of one group.
 */
export function explainReport(
  workload: string,
  entries: readonly LedgerEntry[],
  options: ExplainReportOptions,
): string {
  const { paint, last } = options;
  const width = Math.min(options.columns, MOST_COLUMNS);
  const { headline, because, notDone } = explainGroup(entries);
  const changes = entries.filter((entry) => !isRoutine(entry));
  const routine = entries.length - changes.length;
  const lastOnes = changes.slice(-last);
  const lines = (texts: readonly string[]): readonly string[] =>
    texts.flatMap((text) => wrap(`  ${text}`, width, INDENT));
  return [
    '',
    ...wrap(`${paint('strong', workload)}: ${headline}`, width),
    '',
    ...titled('Because', lines(because), paint),
    ...titled('Not done', lines(notDone), paint),
    ...titled(
      `The last ${lastOnes.length} of ${changes.length} changes, newest first`,
      lines(lastOnes.toReversed().map((entry) => entryLine(entry, paint))),
      paint,
    ),
    ...(routine > 0 ? [paint('quiet', `${routine} more entries only rewrote the plan further ahead.`)] : []),
    ...wrap(STRATEGY_LEGEND, width).map((line) => paint('quiet', line)),
    '',
  ].join('\n');
}

function titled(title: string, lines: readonly string[], paint: Paint): readonly string[] {
  return lines.length === 0 ? [] : [paint('strong', title), ...lines, ''];
}

/** The plan was written anew without changing the present floor: thousands of them in two weeks. */
export function isRoutine({ decision }: LedgerEntry): boolean {
  return decision?.kind === 'floors' && decision.floorBefore === decision.floorNow;
}

function entryLine({ at, decision, outcome, excuses }: LedgerEntry, paint: Paint): string {
  const said = decision
    ? decisionWithOutcome(decision, outcome)
    : excuses.map(excuseSentence).join(' ') || 'Nothing stands in the way any more.';
  return `${paint('quiet', utc(at))} ${said}`;
}
