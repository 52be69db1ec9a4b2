import type { Paint } from './paint.ts';
import { areaCell, bottomAxis, minutesOf, plotWidth, rowLabel, UNDER_PLOT } from './plot.ts';

/** What a day chart draws, one value a minute, in instances; NaN where nothing is known. All of the same length. */
export interface DayChartInput {
  readonly need: Float64Array;
  readonly inService: Float64Array;
  readonly floors: Float64Array;
  /** The first minute, since 1970-01-01T00:00Z, and the index of the minute that is now. */
  readonly start: number;
  readonly now: number;
  readonly columns: number;
  readonly rows: number;
}

interface Column {
  readonly need: number;
  readonly inService: number;
  readonly floor: number;
  readonly isAhead: boolean;
}

const FORESEEN = '░';
const SERVING = '─';
const FLOOR = '━';
const NOW = '┊';

/**
 * Half a day measured and a day planned in one picture: need as an area (shaded where it is only foreseen), instances in service and floors
 * as lines, a rule at the present. Universal time below. Ends with a newline.
 */
export function dayChart(input: DayChartInput, paint: Paint): string {
  const width = Math.max(12, plotWidth(input.columns, input.need.length));
  const columns = Array.from({ length: width }, (_, column) => columnOf(input, column, width));
  const highest = (value: (column: Column) => number) =>
    Math.max(0, ...columns.map(value).filter((one) => !Number.isNaN(one)));
  const top =
    1.02 *
    Math.max(
      1,
      highest(({ need }) => need),
      highest(({ inService }) => inService),
      highest(({ floor }) => floor),
    );
  const now = Math.floor((input.now * width) / input.need.length);
  const scale = input.rows / top;
  const lines = Array.from({ length: input.rows }, (_, down) => {
    const row = input.rows - 1 - down;
    const cells = columns.map((column, at) => cell(column, { row, scale, isNow: at === now }, paint));
    return `${rowLabel(row, { rows: input.rows, top })} ┤${cells.join('')}`;
  });
  return `${[...lines, ...timeAxis(input, width), legend(paint)].join('\n')}\n`;
}

/** The highest need, the fewest in service and the highest floor of the minutes a column stands for. */
function columnOf(input: DayChartInput, column: number, width: number): Column {
  const { from, to } = minutesOf(column, { width, minutes: input.need.length });
  const known = (values: Float64Array) =>
    Array.from(values.subarray(from, to)).filter((value) => !Number.isNaN(value));
  const most = (values: readonly number[]) => (values.length === 0 ? Number.NaN : Math.max(...values));
  const serving = known(input.inService);
  return {
    need: most(known(input.need)),
    inService: serving.length === 0 ? Number.NaN : Math.min(...serving),
    floor: most(known(input.floors)),
    isAhead: from >= input.now,
  };
}

function cell(
  { need, inService, floor, isAhead }: Column,
  { row, scale, isNow }: { readonly row: number; readonly scale: number; readonly isNow: boolean },
  paint: Paint,
): string {
  if (Math.floor(floor * scale) === row) return paint('good', FLOOR);
  if (Math.floor(inService * scale) === row) return paint('capacity', SERVING);
  const filled = need * scale - row;
  if (!(filled > 0)) return isNow ? paint('quiet', NOW) : ' ';
  if (isAhead) return filled >= 0.5 ? paint('quiet', FORESEEN) : ' ';
  return paint('need', areaCell(filled));
}

const SIX_HOURS = 360;
const CLOCK = new Intl.DateTimeFormat('sv-SE', { timeZone: 'UTC', timeStyle: 'short' });

/** A tick at every six hours, and the present below its rule. */
function timeAxis(input: DayChartInput, width: number): readonly [string, string] {
  const { length } = input.need;
  const axis = Array.from({ length: width }, () => '─');
  const labels = Array.from({ length: width }, () => ' ');
  const columnAt = (minute: number) => Math.floor(((minute - input.start) * width) / length);
  const write = (column: number, text: string): void => {
    const room = labels.slice(Math.max(0, column - 1), column + text.length + 1);
    if (column + text.length > width || room.some((each) => each !== ' ')) return;
    labels.splice(column, text.length, ...Array.from(text));
  };
  const present = columnAt(input.start + input.now);
  axis[present] = '┴';
  write(present, 'now');
  for (let at = Math.ceil(input.start / SIX_HOURS) * SIX_HOURS; at < input.start + length; at += SIX_HOURS) {
    const column = columnAt(at);
    if (axis[column] === '─') axis[column] = '┬';
    write(column, CLOCK.format(at * 60_000));
  }
  return bottomAxis(axis, labels);
}

function legend(paint: Paint): string {
  const signs = [
    `${paint('need', '█')} need`,
    `${paint('quiet', FORESEEN)} foreseen at most`,
    `${paint('capacity', SERVING)} in service`,
    `${paint('good', FLOOR)} floor`,
  ];
  return `${UNDER_PLOT}${signs.join('  ')}, instances, UTC`;
}
