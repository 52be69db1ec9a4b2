import type { Random } from '../random.ts';

/** Draws of one composition. */
export interface Draw {
  readonly random: Random;
  /** Days and minutes between rows of the trace. */
  readonly days: number;
  readonly step: number;
  readonly between: (low: number, high: number) => number;
  readonly chance: (probability: number) => boolean;
  readonly oneOf: (choices: readonly number[]) => number;
  /** An array of 1 to `most` things. */
  readonly some: <T>(most: number, make: () => T) => readonly T[];
}

/** One ingredient of a composition: what it makes of the demand so far, asked for each row in order. */
export interface Ingredient {
  /** Stands in the name of the trace. */
  readonly tag?: string;
  readonly apply: (demand: number, minute: number) => number;
}

/** An ingredient that this composition does without. */
export const ABSENT: Ingredient = { apply: (demand) => demand };

/** The draws out of these random numbers; how long and how fine the trace is, is drawn first. */
export function drawFrom(random: Random): Draw {
  const below = (count: number): number => Math.floor(random() * count);
  const oneOf = (choices: readonly number[]): number => choices[below(choices.length)]!;
  const step = oneOf([1, 1, 5, 5, 5, 15, 30]);
  return {
    random,
    step,
    days: oneOf([14, 20, 28, 28, 35, 42]),
    between: (low, high) => low + (high - low) * random(),
    chance: (probability) => random() < probability,
    oneOf,
    some: (most, make) => Array.from({ length: 1 + below(most) }, make),
  };
}
