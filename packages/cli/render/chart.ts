import { MS_PER_MINUTE } from '@evenkeel/core/quantities';
import type { Paint } from './paint.ts';
import { areaCell, bottomAxis, minutesOf, plotWidth, rowLabel, UNDER_PLOT } from './plot.ts';

/** Need and capacity of a group over some days, in instances, one value a minute; both of the same length. */
export interface ChartInput {
  readonly need: Float64Array;
  readonly capacity: Float64Array;
  /** The first minute's time, milliseconds since 1970-01-01T00:00Z. */
  readonly startedAt: number;
  /** Characters a line may take, and lines of the plot itself. */
  readonly columns: number;
  readonly rows: number;
}

/** One column of the plot: the tightest minute of those it stands for. */
interface Slice {
  readonly need: number;
  readonly capacity: number;
}

const SHORT = '▓';
const LINE = '─';

/**
 * Need as a filled area and capacity as a line above it, with dates below. Need that capacity did not cover is drawn
 * in another shade, so that it shows without colours too. Ends with a newline.
 */
export function chart(input: ChartInput, paint: Paint): string {
  const width = Math.max(1, plotWidth(input.columns, input.need.length));
  const slices = Array.from({ length: width }, (_, column) => tightest(input, column, width));
  const top = Math.max(1, ...slices.map((slice) => Math.max(slice.need, slice.capacity))) * 1.02;
  const lines: string[] = [];
  for (let row = input.rows - 1; row >= 0; row -= 1) {
    const cells = slices.map((slice) => cell(slice, row, input.rows / top, paint));
    lines.push(`${rowLabel(row, { rows: input.rows, top })} ┤${cells.join('')}`);
  }
  const minutesAColumn = Math.round(input.need.length / width);
  return `${[...lines, ...dateAxis(input, width), legend(minutesAColumn, paint)].join('\n')}\n`;
}

function tightest(input: ChartInput, column: number, width: number): Slice {
  const { from, to } = minutesOf(column, { width, minutes: input.need.length });
  let found: Slice = { need: 0, capacity: Number.POSITIVE_INFINITY };
  for (let minute = from; minute < to; minute += 1) {
    const need = input.need[minute] ?? 0;
    const capacity = input.capacity[minute] ?? 0;
    if (need - capacity > found.need - found.capacity) found = { need, capacity };
  }
  return found;
}

/** `scale` is rows per instance. */
function cell(slice: Slice, row: number, scale: number, paint: Paint): string {
  const filled = slice.need * scale - row;
  const lineRow = Math.floor(slice.capacity * scale);
  if (lineRow === row) return paint('capacity', LINE);
  if (filled <= 0) return ' ';
  if (row > lineRow) return paint('bad', SHORT);
  return paint('need', areaCell(filled));
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;
const MS_PER_DAY = 86_400_000;

/** The axis with a tick at each midnight (UTC) and the date below it. */
function dateAxis(input: ChartInput, width: number): readonly [string, string] {
  const axis = Array.from({ length: width }, () => '─');
  const labels = Array.from({ length: width }, () => ' ');
  const end = input.startedAt + input.need.length * MS_PER_MINUTE;
  const firstMidnight = Math.ceil(input.startedAt / MS_PER_DAY) * MS_PER_DAY;
  let free = 0;
  for (let midnight = firstMidnight; midnight < end; midnight += MS_PER_DAY) {
    const column = Math.floor(((midnight - input.startedAt) * width) / (end - input.startedAt));
    axis[column] = '┬';
    const date = new Date(midnight);
    const label = `${MONTHS[date.getUTCMonth()] ?? ''} ${date.getUTCDate()}`;
    if (column < free || column + label.length > width) continue;
    labels.splice(column, label.length, ...Array.from(label));
    free = column + label.length + 1;
  }
  return bottomAxis(axis, labels);
}

function legend(minutesAColumn: number, paint: Paint): string {
  const signs = `${paint('need', '█')} need  ${paint('capacity', LINE)} in service  ${paint('bad', SHORT)} shortage`;
  const scale =
    minutesAColumn > 1 ? `\n${UNDER_PLOT}each column is the tightest of its ${minutesAColumn} minutes` : '';
  return `${UNDER_PLOT}${signs}, in instances${scale}`;
}
