/** Where a plot stands in its picture, in the units of the view box. */
export interface Plot {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  /** Instances at the upper edge. */
  readonly highest: number;
}

/** Parts of the vertical axis. */
const LINES = 4;

/** The end of an axis of four parts, each 1, 2, 2.5 or 5 times a power of ten. */
export function niceTop(highest: number): number {
  const part = Math.max(LINES, highest * 1.02) / LINES;
  const power = 10 ** Math.floor(Math.log10(part));
  const step = [1, 2, 2.5, 5, 10].find((each) => each * power >= part) ?? 10;
  return LINES * step * power;
}

/** The height of a number of instances. */
function yOf({ top, bottom, highest }: Plot, value: number): number {
  return bottom - ((bottom - top) * value) / highest;
}

/** The beginning of column `column` of `columns`. */
export function xOf({ left, right }: Plot, column: number, columns: number): number {
  return left + ((right - left) * column) / columns;
}

/** Lines across the plot with their numbers beside them. */
export function gridOf(plot: Plot): string {
  const { left, right, highest } = plot;
  const lines = Array.from({ length: LINES + 1 }, (_, line) => {
    const value = (highest * line) / LINES;
    const y = yOf(plot, value);
    return `<line class="grid" x1="${left}" x2="${right}" y1="${fixed(y)}" y2="${fixed(y)}"/><text class="side" x="${left - 6}" y="${fixed(y + 4)}">${Number(value.toFixed(2))}</text>`;
  });
  return lines.join('');
}

/** A path of one step a column; columns without a value are left out. */
export function steps(plot: Plot, values: readonly number[]): string {
  return runsOf(plot, values)
    .map(({ from, to, heights }) => `M${from} ${heights[0]!.y}${across(heights)}H${to}`)
    .join('');
}

/** The area below such a path; columns without a value are empty. */
export function areaBelow(plot: Plot, values: readonly number[]): string {
  const base = fixed(yOf(plot, 0));
  return runsOf(plot, values)
    .map(({ from, to, heights }) => `M${from} ${base}V${heights[0]!.y}${across(heights)}H${to}V${base}Z`)
    .join('');
}

/** Columns that have a value without a gap between them: where it begins and ends, and each height with where it begins. */
interface Run {
  readonly from: string;
  to: string;
  readonly heights: { readonly x: string; readonly y: string }[];
}

function runsOf(plot: Plot, values: readonly number[]): readonly Run[] {
  const runs: Run[] = [];
  let run: Run | undefined;
  values.forEach((value, column) => {
    if (Number.isNaN(value)) {
      run = undefined;
      return;
    }
    const x = fixed(xOf(plot, column, values.length));
    const y = fixed(yOf(plot, value));
    if (run === undefined) {
      run = { from: x, to: x, heights: [] };
      runs.push(run);
    }
    if (run.heights.at(-1)?.y !== y) run.heights.push({ x, y });
    run.to = fixed(xOf(plot, column + 1, values.length));
  });
  return runs;
}

/** From the first height to the last. */
function across([, ...later]: Run['heights']): string {
  return later.map(({ x, y }) => `H${x}V${y}`).join('');
}

/** A tick's words below the plot. */
export function timeTick(plot: Plot, share: number, words: string, y: number): string {
  return `<text class="time" x="${fixed(plot.left + (plot.right - plot.left) * share + 2)}" y="${y}">${words}</text>`;
}

/** A number as it stands in a path. */
export function fixed(value: number): string {
  return String(Number(value.toFixed(1)));
}

/** Means of the minutes that each of so many columns stands for; NaN where nothing is known. */
export function columnMeans(values: ArrayLike<number>, span: Span): readonly number[] {
  return Array.from({ length: span.columns }, (_, column) => {
    let sum = 0;
    let count = 0;
    for (let i = edge(span, column); i < edge(span, column + 1); i++) {
      const value = values[i]!;
      if (Number.isNaN(value)) continue;
      sum += value;
      count += 1;
    }
    return sum / count;
  });
}

/** Minutes `from` … `to` - 1 in so many columns. */
export interface Span {
  readonly from: number;
  readonly to: number;
  readonly columns: number;
}

/** The first minute of a column. */
export function edge({ from, to, columns }: Span, column: number): number {
  return from + Math.floor((column * (to - from)) / columns);
}
