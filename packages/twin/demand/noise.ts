import { MINUTES_PER_DAY, type Minute } from '@evenkeel/core/quantities';
import type { Chance } from '../random.ts';
import type { DemandShape } from './shape.ts';

export interface NoiseOptions {
  readonly chance: Chance;
  /** Standard deviation of the logarithm: about the relative error a minute. */
  readonly sd: number;
  /** Correlation of a minute with the next, 0 … below 1. */
  readonly correlation: number;
}

/** Minutes rendered at once; a value never depends on which were asked for before. */
const BLOCK = MINUTES_PER_DAY;

/**
 * A factor of mean 1: exp(e - sd²/2) with e a first-order autoregression of the given standard deviation, one step a minute.
 * Each block begins from the exact moving-average form of the process, cut off where the weights fall below 1e-6.
 */
export function noise({ chance, sd, correlation }: NoiseOptions): DemandShape {
  if (!(correlation >= 0 && correlation < 1)) {
    throw new RangeError(`correlation must be in 0 … below 1, not ${correlation}`);
  }
  const step = sd * Math.sqrt(1 - correlation ** 2);
  const warmUp = correlation === 0 ? 0 : Math.ceil(Math.log(1e-6) / Math.log(correlation));
  let block = Number.NaN;
  const factors = new Float64Array(BLOCK);

  const render = (start: number): void => {
    let error = 0;
    for (let at = start - warmUp; at < start + BLOCK; at++) {
      error = correlation * error + step * chance.normal(at);
      if (at >= start) factors[at - start] = Math.exp(error - sd ** 2 / 2);
    }
  };

  return (at: Minute) => {
    const wanted = Math.floor(at / BLOCK) * BLOCK;
    if (wanted !== block) {
      render(wanted);
      block = wanted;
    }
    return factors[at - wanted]!;
  };
}
