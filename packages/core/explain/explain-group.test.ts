import { describe, expect, it } from 'vitest';
import type { Minute } from '../quantities.ts';
import type { Decision } from './decision.ts';
import type { Excuse } from './excuse.ts';
import { excuseCodes, excuseSentence } from './excuse-sentence.ts';
import { explainGroup } from './explain-group.ts';
import type { LedgerEntry } from './ledger-entry.ts';
import { decisionSentence, outcomeSentence } from './sentences.ts';

const NINE = (Date.parse('2026-11-23T09:00Z') / 60_000) as Minute;
const FLOORS: Decision = {
  kind: 'floors',
  floorBefore: 9,
  floorNow: 14,
  peak: { floor: 22, at: (NINE + 180) as Minute },
  demandNow: 8.42,
  needNow: 12.03,
  strategy: 'tt-65 over time-of-day 90 %',
  put: 3,
  removed: 1,
};
const entry = (minutes: number, decision?: Decision, more: Partial<LedgerEntry> = {}): LedgerEntry => ({
  id: `tick/1/r/web/${NINE + minutes}/${decision?.kind ?? 'excuses'}`,
  at: (NINE + minutes) as Minute,
  workload: 'shop',
  group: 'web',
  ...(decision === undefined ? {} : { decision, outcome: { kind: 'applied' } }),
  excuses: [],
  ...more,
});

describe('sentences', () => {
  it.each<[Decision, string]>([
    [
      FLOORS,
      'The floor goes 9 → 14 instances: demand of 8.4 needs 12 now, and 22 are planned from 12:00 UTC (tt-65 over time-of-day 90 %).',
    ],
    [
      { kind: 'target', from: 50, to: 55, owner: 50 },
      "CPU target 50 % → 55 % (the owner's own is 50 %): held by a lease, after which AWS gives the owner's target back by itself.",
    ],
    [
      { kind: 'target', from: 50, to: 55, owner: 50, asks: { expires: NINE } },
      "CPU target 50 % → 55 % (the owner's own is 50 %): waits for an answer until 2026-11-23 09:00 UTC.",
    ],
    [
      {
        kind: 'strategy',
        from: 'tt-50',
        to: 'tt-65',
        score: 80,
        ownerScore: 100,
        runnerUp: { strategy: 'tt-60', score: 84 },
        historyDays: 28,
      },
      "The strategy is tt-65 instead of tt-50: replayed on 28 days of history its risk-adjusted cost is 20 % below the owner's own configuration; the runner-up, tt-60, is 5 % dearer.",
    ],
    [
      { kind: 'adoption', homeMinSize: 3, homeTarget: 50 },
      "Home is MinSize 3, CPU target 50 %: the owner's own, to which every plan returns.",
    ],
    [
      { kind: 'give-back', reason: 'mode-off' },
      'Pending steps and a tuned target were taken back, because Evenkeel was switched off for it.',
    ],
    [
      { kind: 'give-back', reason: 'human-override' },
      'Pending steps and a tuned target were taken back, because its owner changed the group.',
    ],
  ])('%j', (decision, sentence) => {
    expect(decisionSentence(decision)).toBe(sentence);
  });

  it('say what became of it only where it was not simply done', () => {
    expect(outcomeSentence({ kind: 'applied' })).toBe('');
    expect(outcomeSentence({ kind: 'failed', message: 'no rights' })).toBe('failed: no rights');
    const failures = [{ name: 'evenkeel-home', message: 'taken' }];
    expect(outcomeSentence({ kind: 'partly-applied', failures })).toBe(
      'done in part; refused: evenkeel-home (taken)',
    );
  });

  const excuses: readonly Excuse[] = [
    {
      code: 'wrong-tag',
      bottleneck: 'evenkeel:tier',
      facts: { key: 'evenkeel:tier', value: '9', write: '0, 1, 2 or 3' },
    },
    { code: 'at-max-size', bottleneck: 'MaxSize', facts: { wanted: 50, max: 20 } },
    { code: 'stale-metrics', bottleneck: 'CPUUtilization', facts: { ageMinutes: 25 } },
    { code: 'not-ours', bottleneck: 'weights', facts: { what: 'the group counts weights, not instances' } },
  ];
  it.each(excuses)('the excuse $code has the numbers and names that made it', (excuse) => {
    const sentence = excuseSentence(excuse);
    for (const value of Object.values(excuse.facts)) expect(sentence).toContain(String(value));
    expect(sentence.endsWith('.')).toBe(true);
  });

  it('every excuse has a sentence without holes, even where its numbers are missing', () => {
    for (const code of excuseCodes()) {
      expect(excuseSentence({ code, bottleneck: 'it', facts: {} }).length).toBeGreaterThan(10);
      expect(excuseSentence({ code, bottleneck: 'it', facts: {} })).not.toMatch(/NaN|\[object/);
    }
  });
});

describe('why is this group at 14?', () => {
  it('because of the last floors that were written, and the decisions behind them', () => {
    const adoption: Decision = { kind: 'adoption', homeMinSize: 3 };
    const { headline, because, notDone } = explainGroup([
      entry(-900, adoption),
      entry(0, FLOORS, {
        excuses: [{ code: 'at-max-size', bottleneck: 'MaxSize', facts: { wanted: 50, max: 20 } }],
      }),
      entry(-60, { ...FLOORS, floorNow: 9 }),
    ]);
    expect(headline).toBe(
      'At least 14 instances since 2026-11-23 09:00 UTC (demand needed 12 then); what is above that, target tracking added.',
    );
    expect(because.map((line) => line.slice(17, 40))).toEqual(
      ['UTC The floor goes 9 → ', 'UTC Home is MinSize 3: t'].map((line) => line.slice(0, 23)),
    );
    expect(notDone).toEqual(['50 instances would be needed, but MaxSize allows 20.']);
  });

  it('a hold and what it took back stand until they are over', () => {
    const hold: Decision = { kind: 'hold', hold: 'paused', scope: 'workload', by: 'alice' };
    const held = [entry(0, FLOORS), entry(10, hold), entry(15, { kind: 'give-back', reason: 'paused' })];
    expect(explainGroup(held).headline).toContain('keeps its hands off');
    expect(explainGroup(held).because).toHaveLength(2);
    const release: Decision = { kind: 'release', hold: 'paused', because: 'lifted' };
    const over = explainGroup([...held, entry(60, release), entry(65, { ...FLOORS, floorNow: 11 })]);
    expect(over.headline).toContain('At least 11 instances');
    expect(over.because).toHaveLength(1);
  });

  it('an excuse that the newest entry of the tick does not have any more is over', () => {
    const stale: Excuse = { code: 'stale-metrics', bottleneck: 'CPUUtilization', facts: { ageMinutes: 30 } };
    const before = [entry(0, undefined, { excuses: [stale] })];
    expect(explainGroup(before).notDone).toHaveLength(1);
    expect(explainGroup([...before, entry(5)]).notDone).toEqual([]);
  });

  it('a group about which nothing was decided says so', () => {
    expect(explainGroup([])).toEqual({
      headline: 'Nothing has been decided about the size of this group.',
      because: [],
      notDone: [],
    });
  });

  it('mode recommend says that it only tells', () => {
    const told = entry(0, FLOORS, { outcome: { kind: 'told', because: 'mode-does-not-allow' } });
    expect(explainGroup([told]).headline).toContain('would keep at least 14 instances');
  });

  it('what another version wrote is said to be that, and the rest is explained', () => {
    const other = [
      { kind: 'hold' },
      { kind: 'target', from: 50 },
      { kind: 'teleported' },
    ] as unknown as readonly Decision[];
    const entries = [entry(0, FLOORS), ...other.map((decision, i) => entry(i + 1, decision))];
    const excuse = { code: 'sunspots', bottleneck: 'the sun', facts: {} } as unknown as Excuse;
    const { headline, because, notDone } = explainGroup([
      ...entries,
      entry(9, undefined, { excuses: [excuse] }),
    ]);
    expect(headline).toContain('At least 14 instances');
    expect(because.join()).toContain('A decision of the kind target: another version of Evenkeel wrote it.');
    expect(notDone).toEqual(['sunspots (the sun): another version of Evenkeel wrote this.']);
    expect(decisionSentence(other[2]!)).toContain('teleported');
  });
});
