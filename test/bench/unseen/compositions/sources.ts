/** Ingredients that bring demand of their own. */
import { bump, DAY, dayOf, hourOf, weekdayOf, withCrowds } from '../demand.ts';
import { ABSENT, type Draw, type Ingredient } from './draw.ts';

const WEEK = 7 * DAY;

/** A day of one to three peaks over a floor, and half of the time a week of its own; in a quarter of all hardly any. */
export function base({ some, between, chance }: Draw): Ingredient {
  const peaks = some(3, () => ({ at: between(0, 24), width: between(0.5, 4), size: between(0.2, 1) }));
  const floor = between(0.02, 0.5);
  const isThere = chance(0.75);
  const weight = isThere ? between(0.3, 1) : 0.05;
  const dayWeight = (_: unknown, day: number): number => (day < 5 ? between(0.9, 1.1) : between(0.15, 1.2));
  const week = chance(0.5) ? Array.from({ length: 7 }, dayWeight) : undefined;
  return {
    ...(isThere ? {} : { tag: 'nobase' }),
    apply: (demand, minute) => {
      const hour = hourOf(minute);
      const day = peaks.reduce((sum, { at, width, size }) => sum + size * bump(hour, at, width), floor);
      return demand + day * (weight * (week?.[weekdayOf(minute)] ?? 1));
    },
  };
}

/** Up to four jobs that come again and again. */
export function jobs(draw: Draw): Ingredient {
  if (!draw.chance(0.5)) return ABSENT;
  const drawn = draw.some(4, () => drawJob(draw));
  return {
    tag: `jobs${drawn.map(({ period }) => period).join('_')}`,
    apply: (demand, minute) => drawn.reduce((sum, { demandAt }) => sum + demandAt(minute), demand),
  };
}

interface Job {
  /** Minutes from one run to the next. */
  readonly period: number;
  readonly demandAt: (minute: number) => number;
}

/** A job with a period and a length; it may start late by chance, drift from day to day, and fade while it runs. */
function drawJob({ oneOf, between, chance }: Draw): Job {
  const period = oneOf([DAY, DAY, 720, 240, 60, 15, WEEK]);
  const phase = between(0, DAY);
  const length = between(0.05, 0.4) * Math.min(period, DAY);
  const size = between(0.3, 2);
  const lateness = chance(0.4) ? between(0, 0.15) : 0;
  const driftPerDay = chance(0.2) ? between(-10, 10) : 0;
  const fades = chance(0.3);
  const lateBy = new Map<number, number>();
  /** Drawn when a run is first asked for. */
  const latenessOf = (run: number): number => {
    if (lateness === 0) return 0;
    const late = lateBy.get(run) ?? (between(-1, 1) + 1) * lateness * period * 0.5;
    lateBy.set(run, late);
    return late;
  };
  const demandAt = (minute: number): number => {
    const since = minute - phase - driftPerDay * dayOf(minute);
    const run = Math.floor(since / period);
    const running = since - run * period - latenessOf(run);
    if (running < 0 || running >= length) return 0;
    return size * (fades ? 1 - (0.8 * running) / length : 1);
  };
  return { period, demandAt };
}

/** Up to eight flash crowds. */
export function crowds({ chance, some, between, days }: Draw): Ingredient {
  if (!chance(0.35)) return ABSENT;
  const drawn = some(8, () => ({
    at: between(0, days * DAY),
    size: between(0.3, 3),
    fade: between(10, 120),
    rise: between(1, 20),
  }));
  return { tag: 'crowds', apply: (demand, minute) => withCrowds(demand, minute, drawn) };
}

/** Spikes of minutes, one in hours to days, at any time. */
export function spikes({ chance, between, random, step }: Draw): Ingredient {
  if (!chance(0.3)) return ABSENT;
  const perMinute = between(1 / 3000, 1 / 200);
  const usualSize = between(0.3, 2);
  const usualLength = between(1, 30);
  let size = 0;
  let left = 0;
  const drawSpike = (): void => {
    size = 0;
    if (random() >= perMinute * step) return;
    size = usualSize * between(0.5, 1.5);
    left = usualLength * between(0.5, 1.5);
  };
  return {
    tag: 'spikes',
    apply: (demand) => {
      left -= step;
      if (left <= 0) drawSpike();
      return demand + size;
    },
  };
}

/** Work that is on or off, each for a time drawn anew. */
export function onOff({ chance, between, random, step }: Draw): Ingredient {
  const isThere = chance(0.15);
  const meanOn = between(10, 300);
  const meanOff = between(10, 600);
  const size = between(0.5, 2);
  let isOn = false;
  let left = 0;
  const turn = (): void => {
    isOn = !isOn;
    left = -Math.log(1 - random()) * (isOn ? meanOn : meanOff);
  };
  if (!isThere) return ABSENT;
  return {
    tag: 'onoff',
    apply: (demand) => {
      left -= step;
      if (left <= 0) turn();
      return isOn ? demand + size : demand;
    },
  };
}
