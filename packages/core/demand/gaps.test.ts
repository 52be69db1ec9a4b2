import { describe, expect, it } from 'vitest';
import { carriedForward } from './carried-forward.ts';
import { meanKnown } from './mean-known.ts';

const GAP = Number.NaN;
const of = (...values: readonly number[]) => Float64Array.from(values);

describe('minutes without a value', () => {
  it('take the value before them, the first ones the first there is', () => {
    expect(carriedForward(of(GAP, GAP, 3, GAP, 5, GAP))).toEqual(of(3, 3, 3, 3, 5, 5));
    expect(carriedForward(of(GAP, GAP))).toEqual(of(0, 0));
    expect(carriedForward(of())).toEqual(of());
  });

  it('count for nothing in a mean, which is unknown where all are missing', () => {
    expect(meanKnown(of(GAP, 2, GAP, 4))).toBe(3);
    expect(meanKnown(of(GAP, GAP))).toBeNaN();
    expect(meanKnown(of())).toBeNaN();
  });
});
