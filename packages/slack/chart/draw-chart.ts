import type { Minute } from '@evenkeel/core/quantities';
import { type Canvas, createCanvas, textWidth } from './canvas.ts';
import type { Picture } from './png.ts';

/** What is drawn, one value a step, NaN where nothing is known. All in instances. */
export interface ChartData {
  readonly start: Minute;
  readonly stepMinutes: number;
  /** Instances that demand needs at the SLO utilisation. */
  readonly need: ArrayLike<number>;
  /** MinSize; after `now` the plan. */
  readonly floors: ArrayLike<number>;
  /** Instances in service; after `now` unknown. */
  readonly capacity: ArrayLike<number>;
  /** The minute of the decision, drawn as a line. */
  readonly now: Minute;
}

const WIDTH = 960;
const HEIGHT = 320;
const FRAME = { left: 64, right: 16, top: 40, bottom: 40 };
const SCALE = 2;
const LINES = 4;

/** Colour-blind safe (Okabe and Ito): blue, orange and grey differ in lightness too. */
const PALETTE: Picture['palette'] = [
  [255, 255, 255],
  [97, 96, 97],
  [229, 229, 229],
  [190, 214, 236],
  [0, 114, 178],
  [213, 94, 0],
  [29, 28, 29],
];
const INK = { text: 1, grid: 2, capacity: 3, need: 4, floors: 5, now: 6 } as const;

/** Demand, floors and capacity as a PNG, 960 x 320; undefined where there is nothing to draw. */
export function drawChart(data: ChartData): Uint8Array | undefined {
  const steps = Math.max(data.need.length, data.floors.length, data.capacity.length);
  const highest = Math.max(...[data.need, data.floors, data.capacity].map(maximum));
  if (steps < 2 || !(highest > 0)) return undefined;
  const canvas = createCanvas(WIDTH, HEIGHT, PALETTE);
  const top = niceTop(highest);
  const x = (step: number) =>
    Math.round(FRAME.left + (step / (steps - 1)) * (WIDTH - FRAME.left - FRAME.right));
  const y = (value: number) =>
    Math.round(HEIGHT - FRAME.bottom - (value / top) * (HEIGHT - FRAME.top - FRAME.bottom));
  area(canvas, data.capacity, x, y);
  grid(canvas, top, y);
  hours(canvas, data, x);
  series(canvas, data.floors, { x, y, colour: INK.floors, stepped: true });
  series(canvas, data.need, { x, y, colour: INK.need, stepped: false });
  const now = x((data.now - data.start) / data.stepMinutes);
  for (let row = FRAME.top; row < HEIGHT - FRAME.bottom; row += 8)
    canvas.box({ x: now, y: row, width: 2, height: 4 }, INK.now);
  legend(canvas);
  return canvas.png();
}

/** The pixel of a value along an axis. */
type Scale = (value: number) => number;

/** Capacity as an area: what is there, behind what is needed. */
function area(canvas: Canvas, values: ArrayLike<number>, x: Scale, y: Scale): void {
  for (let step = 0; step + 1 < values.length; step += 1) {
    const value = values[step] ?? Number.NaN;
    if (!Number.isFinite(value)) continue;
    const left = x(step);
    canvas.box({ x: left, y: y(value), width: x(step + 1) - left, height: y(0) - y(value) }, INK.capacity);
  }
}

function series(
  canvas: Canvas,
  values: ArrayLike<number>,
  how: { readonly x: Scale; readonly y: Scale; readonly colour: number; readonly stepped: boolean },
): void {
  const stroke = { colour: how.colour, thick: 3 };
  for (let step = 0; step + 1 < values.length; step += 1) {
    const [from, to] = [values[step] ?? Number.NaN, values[step + 1] ?? Number.NaN];
    if (!Number.isFinite(from) || !Number.isFinite(to)) continue;
    const end = how.stepped ? from : to;
    canvas.line([how.x(step), how.y(from)], [how.x(step + 1), how.y(end)], stroke);
    if (how.stepped && from !== to)
      canvas.line([how.x(step + 1), how.y(from)], [how.x(step + 1), how.y(to)], stroke);
  }
}

/** Horizontal lines with their numbers of instances. */
function grid(canvas: Canvas, top: number, y: Scale): void {
  for (let line = 0; line <= LINES; line += 1) {
    const value = (top / LINES) * line;
    canvas.box({ x: FRAME.left, y: y(value), width: WIDTH - FRAME.left - FRAME.right, height: 1 }, INK.grid);
    const label = String(value);
    canvas.text(label, [FRAME.left - 10 - textWidth(label, SCALE), y(value) - 7], {
      colour: INK.text,
      scale: SCALE,
    });
  }
}

/** The hours below, in universal time, as many as fit without touching. */
function hours(canvas: Canvas, data: ChartData, x: Scale): void {
  const steps = Math.max(data.need.length, data.floors.length, data.capacity.length);
  const end = data.start + (steps - 1) * data.stepMinutes;
  const every =
    [60, 120, 180, 240, 360, 720, 1440].find((minutes) => (end - data.start) / minutes <= 9) ?? 1440;
  for (let at = Math.ceil(data.start / every) * every; at <= end; at += every) {
    const label = `${String(Math.floor((at % 1440) / 60)).padStart(2, '0')}:00`;
    const left = x((at - data.start) / data.stepMinutes);
    canvas.box({ x: left, y: HEIGHT - FRAME.bottom, width: 1, height: 6 }, INK.text);
    const start = Math.min(Math.max(left - textWidth(label, SCALE) / 2, 0), WIDTH - textWidth(label, SCALE));
    canvas.text(label, [Math.round(start), HEIGHT - FRAME.bottom + 12], { colour: INK.text, scale: SCALE });
  }
}

function legend(canvas: Canvas): void {
  let left = FRAME.left;
  for (const [name, colour] of [
    ['need', INK.need],
    ['floor', INK.floors],
    ['in service', INK.capacity],
    ['now', INK.now],
  ] as const) {
    canvas.box({ x: left, y: 14, width: 20, height: 10 }, colour);
    canvas.text(name, [left + 28, 12], { colour: INK.text, scale: SCALE });
    left += 28 + textWidth(name, SCALE) + 32;
  }
  const zone = 'UTC';
  canvas.text(zone, [WIDTH - FRAME.right - textWidth(zone, SCALE), 12], { colour: INK.text, scale: SCALE });
}

function maximum(values: ArrayLike<number>): number {
  let highest = 0;
  for (let index = 0; index < values.length; index += 1) {
    const value = values[index] ?? Number.NaN;
    if (value > highest) highest = value;
  }
  return highest;
}

/** The smallest multiple of 4 x (1, 2 or 5) x 10^n that holds the value, so that every line is a whole number. */
function niceTop(highest: number): number {
  for (let scale = 1; ; scale *= 10) {
    for (const step of [1, 2, 3, 5]) {
      if (step * scale * LINES >= highest) return step * scale * LINES;
    }
  }
}
