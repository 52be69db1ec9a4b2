import { expect, test } from 'vitest';
import { LEAVES, sumOf } from './grove.ts';
import { binSigns, growGrove } from './grow-grove.ts';

/** Uniform noise 0 … 1 from a seed. */
function noise(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

const ROWS = 2000;
/** Each row holds `signs` noisy signs. */
function rowsOf(signs: number, seed: number): Float32Array {
  const next = noise(seed);
  return Float32Array.from({ length: ROWS * signs }, next);
}
const binned = (rows: Float32Array, signs: number) =>
  binSigns({ rows, width: signs, signs, from: 0, to: ROWS });

test('trees find which signs matter together, at the quantile asked for', () => {
  const signs = 6;
  const rows = rowsOf(signs, 7);
  const isHigh = (row: number) => rows[row * signs]! > 0.5 && rows[row * signs + 4]! > 0.3;
  const wanted = Float64Array.from({ length: ROWS }, (_, row) => (isHigh(row) ? 40 : 5));
  const grove = growGrove(binned(rows, signs), wanted, 0.5);
  const far = wanted.filter((value, row) => Math.abs(sumOf(grove, rows, row * signs) - value) > 4);
  expect(far.length / ROWS).toBeLessThan(0.2);
});

test('what is wanted stays below the sum as often as the quantile says', () => {
  const signs = 3;
  const rows = rowsOf(signs, 11);
  const next = noise(5);
  const wanted = Float64Array.from({ length: ROWS }, (_, row) => 10 * rows[row * signs + 1]! * next());
  for (const q of [0.5, 0.8, 0.95]) {
    const grove = growGrove(binned(rows, signs), wanted, q);
    const below = wanted.filter((value, row) => value <= sumOf(grove, rows, row * signs));
    expect(below.length / ROWS).toBeGreaterThan(q - 0.05);
    expect(below.length / ROWS).toBeLessThan(q + 0.05);
  }
});

test('the same rows grow the same trees, which survive JSON', () => {
  const rows = rowsOf(4, 3);
  const wanted = Float64Array.from({ length: ROWS }, (_, row) => 30 * rows[row * 4 + 2]! ** 2);
  const grove = growGrove(binned(rows, 4), wanted, 0.8);
  expect(growGrove(binned(rows, 4), wanted, 0.8)).toEqual(grove);
  expect(JSON.parse(JSON.stringify(grove))).toEqual(grove);
  expect(grove.leaves.length % LEAVES).toBe(0);
});

test('where no sign says anything the sum is the quantile', () => {
  const rows = new Float32Array(ROWS * 3).fill(1);
  const wanted = Float64Array.from({ length: ROWS }, (_, row) => row % 100);
  const grove = growGrove(binned(rows, 3), wanted, 0.9);
  expect(sumOf(grove, [1, 1, 1])).toBeCloseTo(89.1, 0);
});
