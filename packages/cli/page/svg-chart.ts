import { utc } from '@evenkeel/core/explain';
import { MINUTES_PER_DAY, type Minute } from '@evenkeel/core/quantities';
import {
  areaBelow,
  columnMeans,
  edge,
  escaped,
  fixed,
  gridOf,
  niceTop,
  type Plot,
  type Span,
  steps,
  timeTick,
  xOf,
} from '@evenkeel/dashboard/svg';
import type { Picture } from './picture.ts';

/** Minutes `from` … `to` - 1 of a picture, drawn so wide and high (units of the view box). */
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
export function svgChart(picture: Picture, options: SvgChartOptions): string {
  const { from, to, width, height, title } = options;
  const span: Span = { from, to, columns: Math.min(width - LEFT - RIGHT, to - from) };
  const [need, owner, evenkeel] = [picture.need, picture.owner, picture.evenkeel].map((values) =>
    columnMeans(values, span),
  ) as [readonly number[], readonly number[], readonly number[]];
  const bottom = height - AXIS - STRIPS;
  const highest = niceTop(Math.max(...need, ...owner, ...evenkeel));
  const plot: Plot = { left: LEFT, right: width - RIGHT, top: TOP, bottom, highest };
  return [
    `<svg viewBox="0 0 ${width} ${height}" role="img" aria-label="${escaped(title)}"><title>${escaped(title)}</title>`,
    gridOf(plot),
    `<path class="need" d="${areaBelow(plot, need)}"/>`,
    `<path class="owner" d="${steps(plot, owner)}"/>`,
    `<path class="evenkeel" d="${steps(plot, evenkeel)}"/>`,
    hotStrip(plot, { picture, capacity: picture.owner, span, row: 0, name: 'own hot' }),
    hotStrip(plot, { picture, capacity: picture.evenkeel, span, row: 1, name: 'Ev. hot' }),
    ...timeTicks(picture.start + from, to - from).map(({ share, words }) =>
      timeTick(plot, share, words, height - 6),
    ),
    '</svg>',
  ].join('');
}

function hotStrip(
  plot: Plot,
  strip: {
    readonly picture: Picture;
    readonly capacity: Float64Array;
    readonly span: Span;
    readonly row: number;
    readonly name: string;
  },
): string {
  const { picture, capacity, span, row, name } = strip;
  const y = plot.bottom + ABOVE_STRIPS + row * (STRIP + GAP);
  const width = fixed(Math.max(1, (plot.right - plot.left) / span.columns));
  const marks = Array.from({ length: span.columns }, (_, column) => {
    if (!isHot(picture.need, capacity, edge(span, column), edge(span, column + 1))) return '';
    const x = fixed(xOf(plot, column, span.columns));
    return `M${x} ${y}h${width}v${STRIP}H${x}Z`;
  });
  return `<rect class="strip" x="${plot.left}" y="${y}" width="${plot.right - plot.left}" height="${STRIP}"/><path class="hot" d="${marks.join('')}"/><text class="side" x="${plot.left - 6}" y="${y + STRIP}">${name}</text>`;
}

function isHot(need: Float64Array, capacity: Float64Array, from: number, to: number): boolean {
  for (let i = from; i < to; i++) if (need[i]! > capacity[i]! + 1e-9) return true;
  return false;
}

/** Days, or hours where the picture is of two days at the most. */
function timeTicks(
  start: number,
  minutes: number,
): readonly { readonly share: number; readonly words: string }[] {
  const days = minutes / MINUTES_PER_DAY;
  const every = days <= 2 ? 180 : MINUTES_PER_DAY * Math.max(1, Math.round(days / 10));
  const first = Math.ceil(start / every) * every;
  const count = Math.max(0, Math.ceil((start + minutes - first) / every));
  return Array.from({ length: count }, (_, i) => {
    const at = first + i * every;
    const said = utc(at as Minute);
    const words = every < MINUTES_PER_DAY ? said.slice(11, 16) : said.slice(5, 10);
    return { share: (at - start) / minutes, words };
  });
}
