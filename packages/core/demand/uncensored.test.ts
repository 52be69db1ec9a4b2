import { expect, test } from 'vitest';
import { uncensored } from './uncensored.ts';

test('a saturated stretch is raised to the first demand seen after it, the rest is left alone', () => {
  const visible = Float64Array.from([2, 3, 4, 4, 8, 11, 9, 10]);
  const inService = [4, 4, 4, 4, 8, 16, 16, 10];
  expect([...uncensored(visible, inService)]).toEqual([2, 3, 11, 11, 11, 11, 9, 10]);
});

test('a stretch that ends below what was seen keeps what was seen', () => {
  expect([...uncensored(Float64Array.from([4, 4, 1]), [4, 4, 4])]).toEqual([4, 4, 1]);
});
