import { describe, expect, it } from 'vitest';
import { checkedHistory, sliceHistory } from './shape-history.ts';
import { historyOf } from './testing.ts';

describe('the history of a shape', () => {
  it.each([
    ['is empty', historyOf([]), /history\.cpu has 0 samples/],
    [
      'differs in length',
      historyOf([1, 2], { memory: Float64Array.of(1) }),
      /history\.memory has 1 samples, history\.cpu 2/,
    ],
    ['misses a sample', historyOf([1, Number.NaN]), /history\.cpu holds NaN; a load is 0 or more/],
    ['is negative', historyOf([1], { network: Float64Array.of(-1) }), /history\.network holds -1/],
    ['is infinite', historyOf([Number.POSITIVE_INFINITY]), /history\.cpu holds Infinity/],
    ['was carried by nobody', historyOf([1], { instances: 0 }), /history\.instances is 0/],
  ])('is refused where it %s', (_name, history, message) => {
    expect(() => checkedHistory(history)).toThrow(message);
  });

  it('is cut in every series alike', () => {
    const history = historyOf([1, 2, 3], {
      memory: Float64Array.of(4, 5, 6),
      ebsIops: Float64Array.of(7, 8, 9),
    });
    expect(sliceHistory(history, 1, 3)).toEqual(
      historyOf([2, 3], { memory: Float64Array.of(5, 6), ebsIops: Float64Array.of(8, 9) }),
    );
  });
});
