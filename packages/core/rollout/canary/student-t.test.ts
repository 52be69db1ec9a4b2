import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { studentQuantile, studentT } from './student-t.ts';

describe("Student's t", () => {
  it.each([
    [0.975, 2, 4.30265],
    [0.975, 10, 2.22814],
    [0.99375, 12, 2.9345],
    [0.95, 1, 6.31375],
    [0.995, 100, 2.62589],
  ])('quantile %d with %d degrees of freedom is %d, as in tables', (p, degrees, t) => {
    expect(studentQuantile(p, degrees)).toBeCloseTo(t, 3);
  });

  it('is symmetric and rises', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -30, max: 30, noNaN: true }),
        fc.integer({ min: 1, max: 200 }),
        (t, degrees) => {
          expect(studentT(t, degrees) + studentT(-t, degrees)).toBeCloseTo(1, 9);
          expect(studentT(t + 0.5, degrees)).toBeGreaterThanOrEqual(studentT(t, degrees));
        },
      ),
    );
  });
});
