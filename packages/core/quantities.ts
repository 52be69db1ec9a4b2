/**
 * Branded quantities: the unit is in the type's name, so that minutes are not added to instances by accident.
 * Typed arrays cannot carry a brand; functions that take one state its unit in their docstring.
 */
type Branded<Name extends string> = number & { readonly __unit: Name };

/** Whole minutes since 1970-01-01T00:00Z (replay: since the first row of the trace). Days begin at multiples of 1440. */
export type Minute = Branded<'minute'>;
/** A length of time in minutes. */
export type Minutes = number;
/** Load or capacity in capacity units: one unit is one instance of the present shape at 100 % utilisation. */
export type CapacityUnits = number;
/** A number of instances, whole. */
export type Instances = number;
/** A share of capacity, 0 … 1. */
export type Utilisation = number;

export const MINUTES_PER_HOUR = 60;
export const MINUTES_PER_DAY = 1440;
export const MINUTES_PER_WEEK = 10_080;
/** The month of every figure in money. */
export const DAYS_PER_MONTH = 30;
export const HOURS_PER_MONTH = DAYS_PER_MONTH * 24;
/** The tick: how often floors are decided anew. */
export const TICK_MINUTES = 5;
export const TICKS_PER_DAY = MINUTES_PER_DAY / TICK_MINUTES;

/** Takes a whole number as a minute. Throws a RangeError on a fraction, NaN or infinity. */
export function minute(value: number): Minute {
  if (!Number.isSafeInteger(value)) throw new RangeError(`a minute is a whole number, not ${value}`);
  return value as Minute;
}

/** Rounds need up to whole instances; the epsilon forgives floating-point noise just above a whole number. */
export function ceilInstances(need: number): Instances {
  return Math.ceil(need - 1e-9);
}

/** A point in time in milliseconds since 1970-01-01T00:00Z. Only the edge of the system reads a clock. */
export type Instant = Branded<'instant'>;

export const MS_PER_MINUTE = 60_000;

/** The minute an instant falls into. */
export function minuteOf(instant: Instant): Minute {
  return Math.floor(instant / MS_PER_MINUTE) as Minute;
}

/** The instant at which a minute begins. */
export function startOf(at: Minute): Instant {
  return (at * MS_PER_MINUTE) as Instant;
}
