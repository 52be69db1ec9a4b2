import {
  areaBelow,
  columnMeans,
  escaped,
  fixed,
  gridOf,
  niceTop,
  type Plot,
  steps,
  timeTick,
} from '../svg/index.ts';
import type { DayPicture } from './view.ts';

const WIDTH = 940;
const HEIGHT = 230;
const LEFT = 52;
const RIGHT = 8;
const TOP = 10;
const AXIS = 24;
const THREE_HOURS = 180;
/** Words further to the right would be cut off. */
const LAST_SHARE = 0.96;
const CLOCK = new Intl.DateTimeFormat('sv-SE', { timeZone: 'UTC', timeStyle: 'short' });

/** Need as an area (lighter where it is foreseen only), instances in service and floors as lines, a rule at the present. */
export function daySvg(picture: DayPicture, title: string): string {
  const { start, now, need, inService, floors } = picture;
  const columns = Math.min(WIDTH - LEFT - RIGHT, need.length);
  const span = { from: 0, to: need.length, columns };
  const present = Math.floor((now * columns) / need.length);
  const [all, serving, floor] = [need, inService, floors].map((values) => columnMeans(values, span)) as [
    readonly number[],
    readonly number[],
    readonly number[],
  ];
  const known = [...all, ...serving, ...floor].filter((value) => !Number.isNaN(value));
  const plot: Plot = {
    left: LEFT,
    right: WIDTH - RIGHT,
    top: TOP,
    bottom: HEIGHT - AXIS,
    highest: niceTop(Math.max(0, ...known)),
  };
  const part = (isAhead: boolean) =>
    all.map((value, column) => (column >= present === isAhead ? value : Number.NaN));
  const x = fixed(LEFT + ((WIDTH - LEFT - RIGHT) * present) / columns);
  return [
    `<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${escaped(title)}"><title>${escaped(title)}</title>`,
    gridOf(plot),
    `<path class="need" d="${areaBelow(plot, part(false))}"/>`,
    `<path class="need foreseen" d="${areaBelow(plot, part(true))}"/>`,
    `<path class="owner" d="${steps(plot, serving)}"/>`,
    `<path class="evenkeel" d="${steps(plot, floor)}"/>`,
    `<line class="now" x1="${x}" x2="${x}" y1="${TOP}" y2="${plot.bottom}"/><text class="time" x="${Number(x) + 4}" y="${TOP + 10}">now</text>`,
    ...ticks(start, need.length).map(({ share, words }) => timeTick(plot, share, words, HEIGHT - 6)),
    '</svg>',
  ].join('');
}

function ticks(
  start: number,
  minutes: number,
): readonly { readonly share: number; readonly words: string }[] {
  const first = Math.ceil(start / THREE_HOURS) * THREE_HOURS;
  const count = Math.max(0, Math.ceil((start + minutes - first) / THREE_HOURS));
  return Array.from({ length: count }, (_, i) => {
    const at = first + i * THREE_HOURS;
    return { share: (at - start) / minutes, words: CLOCK.format(at * 60_000) };
  }).filter(({ share }) => share < LAST_SHARE);
}
