/** What the made traces are put together from: the clock, the shape of a day, noise, crowds. */
import { autoregressive, type Noise, type Random } from './random.ts';

/** Demand at a minute since the start of the trace. Asked once for each row, in order: it may draw random numbers. */
export type Demand = (minute: number) => number;

/** Draws what stays the same over the whole trace, and gives the demand. */
export type DrawDemand = (random: Random) => Demand;

/** Minutes a day. */
export const DAY = 1440;

/** Hour of the day, 0 to 24. */
export const hourOf = (minute: number): number => (minute % DAY) / 60;

/** Days since the start. */
export const dayOf = (minute: number): number => Math.floor(minute / DAY);

/** 0 is Monday, on which every trace starts, 6 is Sunday. */
export const weekdayOf = (minute: number): number => dayOf(minute) % 7;

export const isWorkday = (minute: number): boolean => weekdayOf(minute) < 5;

/** From 0 to 1, half at 0. */
export const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

/** A bell of height 1 around the hour `at`, of standard deviation `width` hours, running over midnight. */
export function bump(hour: number, at: number, width: number): number {
  const apart = Math.abs(hour - at);
  const distance = Math.min(apart, 24 - apart);
  return Math.exp(-(distance * distance) / (2 * width * width));
}

/** People at home: a rise before noon, a higher one in the evening, a quarter of it left at night. */
export const consumerHour = (hour: number): number =>
  0.25 + 0.5 * bump(hour, 11, 3.2) + 0.6 * bump(hour, 18, 3.5);

/** `consumerHour` at a minute of the trace. */
export const consumerDay = (minute: number): number => consumerHour(hourOf(minute));

/** People at work: steep at half past eight, a dip at lunch, gone by half past five. */
export function officeDay(minute: number): number {
  const hour = hourOf(minute);
  const there = sigmoid((hour - 8.5) * 3) * sigmoid((17.5 - hour) * 2.2);
  return 0.06 + there * (1 - 0.18 * bump(hour, 12.7, 0.6));
}

/** A shape times (1 + noise), times `unit`. The noise is drawn before the shape draws anything of its own. */
export function noisy(noise: Noise & { readonly unit?: number }, shape: DrawDemand): DrawDemand {
  return (random) => {
    const next = autoregressive(random, noise);
    const demand = shape(random);
    return (minute) => demand(minute) * (1 + next()) * (noise.unit ?? 1);
  };
}

/** Draws anew on each day, when its first row is asked for. */
export function eachDay<T>(draw: (day: number) => T): (minute: number) => T {
  let known: { readonly day: number; readonly drawn: T } | undefined;
  return (minute) => {
    const day = dayOf(minute);
    if (known?.day !== day) known = { day, drawn: draw(day) };
    return known.drawn;
  };
}

/** A flash crowd: comes within about `rise` minutes, and goes with the time constant `fade`. */
export interface Crowd {
  readonly at: number;
  readonly size: number;
  readonly fade: number;
  readonly rise: number;
}

/** The demand with what these crowds add at a minute. */
export function withCrowds(demand: number, minute: number, crowds: readonly Crowd[]): number {
  let sum = demand;
  for (const { at, size, fade, rise } of crowds) {
    const since = minute - at;
    if (since > 0) sum += size * (1 - Math.exp(-since / rise)) * Math.exp(-since / fade);
  }
  return sum;
}
