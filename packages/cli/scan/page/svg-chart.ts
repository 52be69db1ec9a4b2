import { utc } from '@evenkeel/core/explain';
import { MINUTES_PER_DAY, type Minute } from '@evenkeel/core/quantities';
import type { ScanPicture } from '@evenkeel/engine/scan';

/** Minutes `from` … `to` - 1 of a picture, drawn so wide and high (CSS pixels of the view box). */
export interface SvgChartOptions {
  readonly from: number;
  readonly to: number;
  readonly width: number;
  readonly height: number;
  /** What the picture shows, for readers that cannot see it. */
  readonly title: string;
}

const LEFT = 52;
const RIGHT = 8;
const TOP = 8;
const AXIS = 22;
/** The strips below the plot in which hot minutes stand. */
const STRIP = 8;
const GAP = 4;
const ABOVE_STRIPS = 12;
const STRIPS = ABOVE_STRIPS + 2 * STRIP + GAP;

/**
 * Need as an area, both capacities as stepped lines, and below them a strip each in which the hot minutes stand. A column of the plot shows
 * means of need and capacity; hot minutes are never averaged away. Colours come from the page's style.
 */
export function svgChart(picture: ScanPicture, options: SvgChartOptions): string {
  const { from, to, width, height, title } = options;
  const plot = { width: width - LEFT - RIGHT, height: height - TOP - AXIS - STRIPS };
  const columns = Math.min(plot.width, to - from);
  const edge = (column: number) => from + Math.floor((column * (to - from)) / columns);
  const mean = (values: Float64Array) =>
    Array.from({ length: columns }, (_, column) => meanOf(values, edge(column), edge(column + 1)));
  const [need, owner, evenkeel] = [mean(picture.need), mean(picture.owner), mean(picture.evenkeel)];
  const top = niceTop(Math.max(...need, ...owner, ...evenkeel));
  const x = (column: number) => LEFT + (column * plot.width) / columns;
  const y = (value: number) => TOP + plot.height * (1 - value / top);
  const stepped = (values: readonly number[]) =>
    values
      .map(
        (value, column) =>
          `${column === 0 ? 'M' : 'L'}${fixed(x(column))} ${fixed(y(value))}H${fixed(x(column + 1))}`,
      )
      .join('');
  const area = `M${LEFT} ${fixed(y(0))}${need.map((value, column) => `L${fixed(x(column))} ${fixed(y(value))}H${fixed(x(column + 1))}`).join('')}L${fixed(x(columns))} ${fixed(y(0))}Z`;
  const hot = (capacity: Float64Array, row: number, name: string): string => {
    const at = TOP + plot.height + ABOVE_STRIPS + row * (STRIP + GAP);
    const marks = Array.from({ length: columns }, (_, column) =>
      hotIn(picture.need, capacity, edge(column), edge(column + 1))
        ? `M${fixed(x(column))} ${at}h${fixed(Math.max(1, plot.width / columns))}v${STRIP}H${fixed(x(column))}Z`
        : '',
    ).join('');
    return `<rect class="strip" x="${LEFT}" y="${at}" width="${plot.width}" height="${STRIP}"/><path class="hot" d="${marks}"/><text class="side" x="${LEFT - 6}" y="${at + STRIP}">${name}</text>`;
  };
  return [
    `<svg viewBox="0 0 ${width} ${height}" role="img" aria-label="${escaped(title)}"><title>${escaped(title)}</title>`,
    ...grid({ top, y, width }),
    `<path class="need" d="${area}"/>`,
    `<path class="owner" d="${stepped(owner)}"/>`,
    `<path class="evenkeel" d="${stepped(evenkeel)}"/>`,
    hot(picture.owner, 0, 'own hot'),
    hot(picture.evenkeel, 1, 'Ev. hot'),
    ...timeTicks(picture.start + from, to - from, { plotWidth: plot.width, y: height - 6 }),
    '</svg>',
  ].join('');
}

function meanOf(values: Float64Array, from: number, to: number): number {
  let sum = 0;
  for (let i = from; i < to; i++) sum += values[i]!;
  return sum / Math.max(1, to - from);
}

function hotIn(need: Float64Array, capacity: Float64Array, from: number, to: number): boolean {
  for (let i = from; i < to; i++) if (need[i]! > capacity[i]! + 1e-9) return true;
  return false;
}

/** The end of an axis of four parts, each 1, 2, 2.5 or 5 times a power of ten. */
function niceTop(highest: number): number {
  const part = Math.max(1, highest * 1.02) / LINES;
  const power = 10 ** Math.floor(Math.log10(part));
  const step = [1, 2, 2.5, 5, 10].find((each) => each * power >= part) ?? 10;
  return LINES * step * power;
}

const LINES = 4;

function grid(of: {
  readonly top: number;
  readonly y: (value: number) => number;
  readonly width: number;
}): readonly string[] {
  return Array.from({ length: LINES + 1 }, (_, line) => {
    const value = (of.top * line) / LINES;
    const at = fixed(of.y(value));
    return `<line class="grid" x1="${LEFT}" x2="${of.width - RIGHT}" y1="${at}" y2="${at}"/><text class="side" x="${LEFT - 6}" y="${of.y(value) + 4}">${Number(value.toFixed(1))}</text>`;
  });
}

/** Days, or hours where the picture is of two days at the most. */
function timeTicks(
  start: number,
  minutes: number,
  { plotWidth, y }: { readonly plotWidth: number; readonly y: number },
): readonly string[] {
  const every =
    minutes <= 2 * MINUTES_PER_DAY
      ? 180
      : MINUTES_PER_DAY * Math.max(1, Math.round(minutes / MINUTES_PER_DAY / 10));
  const ticks: string[] = [];
  for (let at = Math.ceil(start / every) * every; at < start + minutes; at += every) {
    const x = LEFT + ((at - start) * plotWidth) / minutes;
    const said = utc(at as Minute);
    const words = every < MINUTES_PER_DAY ? said.slice(11, 16) : said.slice(5, 10);
    ticks.push(`<text class="time" x="${fixed(x + 2)}" y="${y}">${words}</text>`);
  }
  return ticks;
}

function fixed(value: number): string {
  return String(Number(value.toFixed(1)));
}

/** Text as it may stand in the page. */
export function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
