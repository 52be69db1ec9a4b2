import fc from 'fast-check';
import { expect, test } from 'vitest';
import { quantile, quantileOfSorted } from './quantile.ts';

test('the quantile interpolates at position q x (n - 1) of the sorted values', () => {
  expect(quantile([3, 1, 2], 0.5)).toBe(2);
  expect(quantile([10, 0], 0.25)).toBe(2.5);
  expect(quantile([7], 0.99)).toBe(7);
  expect(quantile([4, Number.NaN, 8], 1)).toBe(8);
  expect(quantile([], 0.5)).toBeNaN();
});

test('selection gives what sorting gives, and leaves its input alone', () => {
  const values = fc.array(fc.integer({ min: -5, max: 30 }), { minLength: 1, maxLength: 60 });
  fc.assert(
    fc.property(values, fc.double({ min: 0, max: 1, noNaN: true }), (list, q) => {
      const before = [...list];
      const sorted = [...list].sort((a, b) => a - b);
      expect(quantile(list, q)).toBeCloseTo(quantileOfSorted(sorted, q), 9);
      expect(list).toEqual(before);
    }),
  );
});
