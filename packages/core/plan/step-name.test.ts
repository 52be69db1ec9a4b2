import { describe, expect, it } from 'vitest';
import type { Minute } from '../quantities.ts';
import { stepName } from './step-name.ts';

const at = (iso: string) => (Date.parse(iso) / 60_000) as Minute;

describe('S4: the name of a step', () => {
  it.each([
    ['2026-11-23T09:35Z', 'evenkeel-20261123-0935-web'],
    ['2026-01-02T00:00Z', 'evenkeel-20260102-0000-web'],
    ['2028-02-29T23:59Z', 'evenkeel-20280229-2359-web'],
  ])('at %s is %s', (iso, name) => {
    expect(stepName('web', at(iso))).toBe(name);
  });

  it('stays within 255 characters and apart from other groups, however long the name of the group', () => {
    const [one, two] = ['a', 'b'].map((end) => stepName('g'.repeat(254) + end, at('2026-11-23T09:35Z')));
    expect(one!.length).toBeLessThanOrEqual(255);
    expect(one).not.toBe(two);
  });
});
