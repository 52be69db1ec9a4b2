import {
  dollars,
  explainShape,
  type LedgerEntry,
  number,
  type ShapeExplanation,
} from '@evenkeel/core/explain';
import type { Paint } from '../render/paint.ts';
import { type Column, table } from '../render/table.ts';
import { MOST_COLUMNS, wrap } from '../render/wrap.ts';

export interface ShapeReportOptions {
  readonly columns: number;
  readonly paint: Paint;
}

const INDENT = ' '.repeat(4);

const COLUMNS: readonly Column[] = [
  { title: 'type' },
  { title: 'instances', align: 'right' },
  { title: 'at most', align: 'right' },
  { title: '$ a month', align: 'right' },
  { title: 'with its risk', align: 'right' },
  { title: '' },
];

/** Why a group runs on these instances and not on others, with money and risk. `entries` are of one group, in any order. */
export function shapeReport(
  workload: string,
  entries: readonly LedgerEntry[],
  { paint, columns }: ShapeReportOptions,
): string {
  const told = explainShape(entries);
  const width = Math.min(columns, MOST_COLUMNS);
  const title = paint('strong', workload);
  if (told === undefined) return `\n${wrap(`${title}: ${NOT_YET}`, width).join('\n')}\n`;
  const lines = (texts: readonly string[]): readonly string[] =>
    texts.flatMap((text) => wrap(`  ${text}`, width, INDENT));
  return [
    '',
    ...wrap(`${title}: ${told.headline}`, width),
    '',
    ...titled('Because', lines(told.because), paint),
    paint('strong', 'The best, and what there is'),
    ranking(told, paint),
    ...titled('Why not the others', lines(told.notThese), paint),
    ...titled('Since then', lines(told.since), paint),
  ].join('\n');
}

const NOT_YET =
  'no review has looked at its shape yet. One does once a week, as soon as there are two weeks of history and the replay of its own configuration matches them.';

function ranking({ ranked }: ShapeExplanation, paint: Paint): string {
  const rows = ranked.map(({ type, count, peak, dollarsPerMonth, withRisk, isPresent }, place) => [
    type,
    number(count),
    number(peak, 0),
    dollars(dollarsPerMonth),
    dollars(withRisk),
    isPresent ? 'present' : place === 0 ? paint('good', 'best') : '',
  ]);
  return table(COLUMNS, rows);
}

function titled(title: string, lines: readonly string[], paint: Paint): readonly string[] {
  return lines.length === 0 ? [] : [paint('strong', title), ...lines, ''];
}

/** The same as JSON, group by group; null where no review has looked at the shape. */
export function shapesAsJson(
  groups: ReadonlyMap<string, readonly LedgerEntry[]>,
): readonly { readonly group: string; readonly shape: ShapeExplanation | null }[] {
  return [...groups].map(([group, entries]) => ({ group, shape: explainShape(entries) ?? null }));
}
