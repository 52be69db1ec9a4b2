import { describe, expect, it } from 'vitest';
import type { Minute } from '../quantities.ts';
import { judgeShapeChange } from './worth-changing.ts';

const change = {
  now: 100_000 as Minute,
  presentUsd: 1,
  candidateUsd: 0.8,
  presentCount: 12,
  launchesPerDay: 14,
};

describe('whether a shape is worth the change', () => {
  it.each([
    ['a fifth less in a group that renews itself all day', {}, undefined],
    ['4.9 % less', { candidateUsd: 0.951 }, 'saves-too-little'],
    ['5 % less', { candidateUsd: 0.949 }, undefined],
    ['dearer', { candidateUsd: 1.2 }, 'saves-too-little'],
    ['nothing to compare with', { presentUsd: 0 }, 'saves-too-little'],
    [
      'a tenth less in a group that never launches',
      { candidateUsd: 0.9, launchesPerDay: 0 },
      'disturbs-too-much',
    ],
    ['an eighth less in a group that never launches', { candidateUsd: 0.87, launchesPerDay: 0 }, undefined],
    ['six days after the last change', { lastChange: (100_000 - 6 * 1440) as Minute }, 'too-soon'],
    ['seven days after the last change', { lastChange: (100_000 - 7 * 1440) as Minute }, undefined],
  ] as const)('%s', (_name, changes, reason) => {
    expect(judgeShapeChange({ ...change, ...changes }).reason).toBe(reason);
  });

  it('the score is the savings share over the disruption share, and both are told', () => {
    const verdict = judgeShapeChange(change);
    expect(verdict.savingsShare).toBeCloseTo(0.2);
    // 12 instances of the 12 x 30 / 7 that moves may replace in 30 days and the 14 x 30 that are launched anyway.
    expect(verdict.disruptionShare).toBeCloseTo(12 / ((12 * 30) / 7 + 420));
    expect(verdict.score).toBeCloseTo(verdict.savingsShare / verdict.disruptionShare);
  });
});
