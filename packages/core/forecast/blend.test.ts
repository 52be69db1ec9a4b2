import { expect, test } from 'vitest';
import { blended, createBlend, fadeRegrets, learnTick } from './blend.ts';
import { QUANTILES } from './forecaster.ts';

/** Uniform noise 0 … 1 from a seed. */
function noise(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

test('weights go to the forecaster whose quantile is right, and sum to 1', () => {
  const blend = createBlend(3);
  const next = noise(7);
  const k = QUANTILES.indexOf(0.9);
  for (let day = 0; day < 5; day++) {
    fadeRegrets(blend);
    for (let tick = 0; tick < 288; tick++) {
      const came = Math.exp(next());
      learnTick(blend, k, Float64Array.from([Math.exp(0.9), Math.exp(0.3), Math.exp(2)]), came);
    }
  }
  const weights = blend.weights.subarray(k * 3, k * 3 + 3);
  expect(weights.reduce((sum, weight) => sum + weight)).toBeCloseTo(1);
  const log = Math.log(blended(weights, [Math.exp(0.9), Math.exp(0.3), Math.exp(2)]));
  expect(log).toBeGreaterThan(0.8);
  expect(log).toBeLessThan(1);
});

test('when the better forecaster changes, so do the weights', () => {
  const blend = createBlend(2);
  const next = noise(11);
  const k = QUANTILES.indexOf(0.5);
  const heavier: number[] = [];
  for (const right of [0, 1]) {
    for (let day = 0; day < 14; day++) {
      fadeRegrets(blend);
      for (let tick = 0; tick < 288; tick++) {
        const came = 5 + next();
        const said = right === 0 ? [came, 9] : [2, came];
        learnTick(blend, k, Float64Array.from(said), came);
      }
    }
    heavier.push(blend.weights[k * 2 + right]!);
  }
  expect(Math.min(...heavier)).toBeGreaterThan(0.8);
});

test('a blend of equals is what they say', () => {
  expect(blended([0.3, 0.7], [4, 4])).toBeCloseTo(4);
  expect(blended([0.5, 0.5], [2, 8])).toBeCloseTo(4);
});
