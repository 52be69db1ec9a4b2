import { describe, expect, it } from 'vitest';
import { parseTimestamp } from './parse-timestamp.ts';

const NOON = Date.UTC(2026, 2, 1, 12);

describe('parseTimestamp', () => {
  it.each([
    ['2026-03-01T12:00:00Z', NOON],
    ['2026-03-01T12:00Z', NOON],
    ['2026-03-01 12:00:00', NOON],
    ['2026-03-01T12:00:00.000Z', NOON],
    ['2026-03-01T13:30:00+01:30', NOON],
    ['2026-03-01T07:00:00-0500', NOON],
    ['2024-02-29T00:00:00Z', Date.UTC(2024, 1, 29)],
  ])('reads %s', (text, expected) => {
    expect(parseTimestamp(text)).toBe(expected);
  });

  it.each([
    '',
    'noon',
    '2026-02-29T00:00:00Z',
    '2026-13-01T00:00:00Z',
    '2026-03-01T24:00:00Z',
    '1772366400',
    '2026-03-01',
  ])('refuses %s', (text) => {
    expect(parseTimestamp(text)).toBeUndefined();
  });
});
