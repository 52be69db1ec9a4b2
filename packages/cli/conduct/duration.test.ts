import { expect, it } from 'vitest';
import { parseDuration } from './duration.ts';

it.each([
  ['90m', 90],
  ['2h', 120],
  ['3d', 4320],
  ['90d', 129_600],
])('%s is %i minutes', (text, minutes) => {
  expect(parseDuration(text)).toBe(minutes);
});

it.each(['0m', '-2h', '2', 'h', '2 h', '91d', '2w', ''])('%j is refused with what to write', (text) => {
  expect(() => parseDuration(text)).toThrow(/write 90m, 2h or 3d/);
});
