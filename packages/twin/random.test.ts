import { describe, expect, it } from 'vitest';
import { chance } from './random.ts';

const N = 20_000;
const indices = Array.from({ length: N }, (_, i) => i - N / 2);
const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;

describe('chance', () => {
  it('gives the same value for the same seed, name and index, in any order', () => {
    const forward = indices.map((i) => chance(1, 'a').uniform(i));
    const stream = chance(1, 'a');
    const backward = [...indices].reverse().map((i) => stream.uniform(i));
    expect(backward.reverse()).toEqual(forward);
  });

  it.each([
    ['another seed', chance(2, 'a')],
    ['another name', chance(1, 'b')],
  ])('is uncorrelated with %s', (_, other) => {
    const stream = chance(1, 'a');
    const product = indices.map((i) => (stream.uniform(i) - 0.5) * (other.uniform(i) - 0.5));
    // Standard error of the mean product: (1/12) / sqrt(N) = 0.0006.
    expect(Math.abs(mean(product))).toBeLessThan(0.0024);
  });

  it('is uniform: ten equal bins each hold a tenth, within four standard errors', () => {
    const bins = Array.from({ length: 10 }, () => 0);
    const stream = chance(3, 'bins');
    for (const i of indices) bins[Math.floor(stream.uniform(i) * 10)]! += 1;
    for (const count of bins) expect(Math.abs(count - N / 10)).toBeLessThan(4 * Math.sqrt((N / 10) * 0.9));
  });

  it('is standard normal in its first two moments and without correlation from index to index', () => {
    const stream = chance(4, 'normal');
    const values = indices.map((i) => stream.normal(i));
    expect(Math.abs(mean(values))).toBeLessThan(0.03);
    expect(mean(values.map((v) => v * v))).toBeCloseTo(1, 1);
    expect(Math.abs(mean(values.slice(1).map((v, i) => v * values[i]!)))).toBeLessThan(0.03);
  });
});
