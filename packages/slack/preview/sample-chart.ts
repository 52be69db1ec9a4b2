import { type Minute, minute } from '@evenkeel/core/quantities';
import { drawChart } from '../chart/draw-chart.ts';

const STEP = 10;
const STEPS_BEFORE = 96;
const STEPS_AFTER = 48;

/** A made-up day around a minute: a working day's demand, the floors above it, what was in service, and the plan ahead. */
export function sampleChart(at: Minute): Uint8Array | undefined {
  const steps = STEPS_BEFORE + STEPS_AFTER;
  const start = minute(at - STEPS_BEFORE * STEP);
  const need = (step: number) =>
    12 + 7 * Math.sin((((start + step * STEP) % 1440) / 1440) * 2 * Math.PI - 2) + Math.sin(step * 1.7);
  const floor = (step: number) => Math.ceil(1.15 * Math.max(need(step), need(step + 3), need(step + 6)));
  const known = (value: (step: number) => number) =>
    Float64Array.from({ length: steps }, (_, step) => (step < STEPS_BEFORE ? value(step) : Number.NaN));
  const floors = Float64Array.from({ length: steps }, (_, step) => floor(step - (step % 6)));
  return drawChart({
    start,
    stepMinutes: STEP,
    need: known(need),
    floors,
    capacity: known((step) => Math.max(floors[step] ?? 0, Math.ceil(need(step) / 0.95))),
    now: at,
  });
}
