/** Characters left of the axis. */
const LABEL_WIDTH = 6;
/** What stands left of a legend or a note below the plot. */
export const UNDER_PLOT = ' '.repeat(LABEL_WIDTH + 2);

const EIGHTHS = ['', '▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'] as const;

/** The columns of a plot that is `columns` characters wide with its axis, for so many minutes. */
export function plotWidth(columns: number, minutes: number): number {
  return Math.min(columns - LABEL_WIDTH - 2, minutes);
}

/** The minutes that a column stands for: `from` up to but not including `to`, one at least. */
export function minutesOf(
  column: number,
  { width, minutes }: { readonly width: number; readonly minutes: number },
): { readonly from: number; readonly to: number } {
  const from = Math.floor((column * minutes) / width);
  return { from, to: Math.max(from + 1, Math.floor(((column + 1) * minutes) / width)) };
}

/** The top cell of an area that fills so many rows of a cell, more than 0. */
export function areaCell(filled: number): string {
  return EIGHTHS[Math.min(8, Math.ceil(filled * 8))] ?? '█';
}

/** The label of a row, counted from below, where `rows` rows reach up to `top` instances; every second or third row has one. */
export function rowLabel(
  row: number,
  { rows, top }: { readonly rows: number; readonly top: number },
): string {
  const every = rows <= 8 ? 2 : 3;
  if (row % every !== 0) return ' '.repeat(LABEL_WIDTH);
  return ((row * top) / rows).toFixed(top < 10 ? 1 : 0).padStart(LABEL_WIDTH);
}

/** The axis under the plot with what is written below it, a character a column. */
export function bottomAxis(axis: readonly string[], labels: readonly string[]): readonly [string, string] {
  const indent = ' '.repeat(LABEL_WIDTH + 1);
  return [`${indent}└${axis.join('')}`, `${indent} ${labels.join('').trimEnd()}`];
}
