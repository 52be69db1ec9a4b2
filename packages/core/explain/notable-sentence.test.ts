import { describe, expect, it } from 'vitest';
import { type Minute, minute } from '../quantities.ts';
import { dollars, duration, number, utc } from './in-words.ts';
import { notableSentence } from './notable-sentence.ts';

const AT: Minute = minute(29_663_100);

describe('numbers in words', () => {
  it.each([
    [0, '0'],
    [-0.04, '0'],
    [1240.25, '1,240.3'],
    [0.7, '0.7'],
  ])('number(%s) is %s', (value, text) => expect(number(value)).toBe(text));

  it.each([
    [4.2, '$4.20'],
    [-0.001, '$0.00'],
    [9.999, '$10'],
    [1240, '$1,240'],
    [-12.4, '-$12'],
  ])('dollars(%s) is %s', (value, text) => expect(dollars(value)).toBe(text));

  it.each([
    [40, '40 min'],
    [180, '3 h'],
    [150, '2 h 30 min'],
    [2880, '2 days'],
  ])('duration(%s) is %s', (value, text) => expect(duration(value)).toBe(text));

  it('writes minutes in universal time', () => expect(utc(AT)).toBe('2026-05-26 09:00 UTC'));
});

describe('notableSentence', () => {
  it('names need and limit of a coming shortage', () =>
    expect(
      notableSentence({
        kind: 'coming-shortage',
        at: AT,
        needs: 46,
        limit: 'MaxSize',
        allows: 40,
        setTo: 50,
      }),
    ).toBe('At 2026-05-26 09:00 UTC the group needs 46 instances, but MaxSize allows 40; set it to 50.'));

  it('names who changed what and until when it holds', () =>
    expect(
      notableSentence({
        kind: 'hold',
        hold: 'human-override',
        scope: 'group',
        by: 'alice',
        until: AT,
        change: { field: 'MinSize', before: 8, after: 20 },
      }),
    ).toBe('On hold until 2026-05-26 09:00 UTC: alice changed the group (MinSize 8 → 20).'));

  it('says what the canary measured against what was promised', () =>
    expect(
      notableSentence({
        kind: 'canary-verdict',
        rollout: 'r1',
        from: { types: ['m6i.large'], count: 12 },
        to: { types: ['m7g.large'], count: 10 },
        verdict: 'worse',
        performanceFactor: { before: 1.21, after: 0.93 },
        confidence: 0.95,
        canaryInstances: 2,
        measuredFor: 60,
        next: 'roll-back',
      }),
    ).toBe(
      'The canary is worse (0.93 x the work per vCPU was measured, 1.21 x was promised, confidence 95 %): the group goes back.',
    ));

  it('tells a refused answer from a taken one', () => {
    const answer = { kind: 'answer', answer: 'approve', by: 'slack:U1' } as const;
    expect(notableSentence(answer)).toBe('slack:U1 answered approve.');
    expect(
      notableSentence({
        kind: 'answer',
        answer: 'boost',
        by: 'bob',
        words: 'boost shop --add 4 --for 2h',
        reason: 'queue',
      }),
    ).toBe('bob asked: boost shop --add 4 --for 2h (queue).');
    expect(notableSentence({ ...answer, refused: 'not-allowed' })).toBe(
      'slack:U1 asked for approve, which was refused: not allowed.',
    );
  });
});

it.each([
  ['expired', 'human-override', 'The hold is over (kim changed the group): its time was up.'],
  ['lifted', 'paused', 'The hold is over (paused by kim): somebody lifted it.'],
  ['ended', 'deploy', 'The hold is over (kim is being deployed): what made it has ended.'],
] as const)('a hold that %s never claims that whoever was behind it lifted it', (because, hold, sentence) => {
  expect(notableSentence({ kind: 'release', hold, because, by: 'kim' })).toBe(sentence);
});
