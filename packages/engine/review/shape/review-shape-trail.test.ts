import type { Decision } from '@evenkeel/core/explain';
import type { Minute } from '@evenkeel/core/quantities';
import { describe, expect, it } from 'vitest';
import { DAY, look, NOW, proposed, reviewed, shapes } from './testing.ts';

describe('the shape in the nightly review, by what came of earlier ones', () => {
  it('takes no memory that was measured on another type', async () => {
    const finished: Decision = { kind: 'shape-finished', rollout: 'r', ...shapes, expected: {}, took: 60 };
    const after = async (days: number) => {
      const ledger = [{ at: NOW - days * DAY, decision: finished }];
      return (await look({ memoryPercent: 20, ledger })).decision;
    };
    expect([await after(1), await after(9)]).toMatchObject([
      { choice: { memory: 'present' } },
      { choice: { memory: 'measured' } },
    ]);
  });

  it('a rolled-back, rejected or missing type is left out until its time', async () => {
    const back: Decision = {
      kind: 'shape-rolled-back',
      rollout: 'r',
      tried: shapes.to,
      back: shapes.from,
      reason: 'canary-worse',
      notBefore: (NOW + DAY) as Minute,
    };
    const asked: Decision = {
      kind: 'shape-proposed',
      ...shapes,
      expected: {},
      performanceFactor: 1,
      priceFactor: 1,
      asks: true,
    };
    const no: Decision = { kind: 'answer', answer: 'reject', to: 'p', by: 'slack:U1' };
    const short: Decision = {
      kind: 'launch-shortage',
      type: 'm7a.large',
      zone: 'eu-west-1a',
      purchase: 'on-demand',
      wanted: 8,
      missing: 1,
      avoidedUntil: (NOW + 60) as Minute,
      alternatives: [],
    };
    const at = NOW - 10 * DAY;
    const stories = [
      [{ at, decision: back }],
      [
        { at, decision: asked, id: 'p' },
        { at: at + 5, decision: no },
      ],
      [{ at: NOW - 60, decision: short }],
    ];
    const codes = ['rolled-back-before', 'rolled-back-before', 'offering-unavailable'];
    for (const [i, ledger] of stories.entries()) {
      const { decision } = await look({ ledger });
      const choice =
        decision?.kind === 'shape-proposed' || decision?.kind === 'shape-reviewed'
          ? decision.choice
          : undefined;
      const left = choice?.rejected.find(({ example }) => example.type === 'm7a.large');
      expect(left?.example.excuse.code).toBe(codes[i]);
    }
    const over = { ...back, notBefore: (NOW - 1) as Minute };
    expect((await proposed({ ledger: [{ at, decision: over }] })).decision.to.types[0]).toBe('m7a.large');
  });

  it('a type that saved too little when it was verified is left out for a month', async () => {
    const verified: Decision = {
      kind: 'shape-verified',
      rollout: 'r',
      to: shapes.to,
      promised: 200,
      measured: 20,
      kept: false,
    };
    const typeAfter = async (decision: Decision, days: number) => {
      const found = await look({ ledger: [{ at: NOW - days * DAY, decision }] });
      return found.decision?.kind === 'shape-proposed' ? found.decision.to.types[0] : 'stays';
    };
    expect(await typeAfter(verified, 10)).not.toBe('m7a.large');
    expect(await typeAfter({ ...verified, kept: true }, 10)).toBe('m7a.large');
    expect(await typeAfter(verified, 31)).toBe('m7a.large');
  });

  const measured = (after: number): Decision => ({
    kind: 'canary-verdict',
    rollout: 'r',
    ...shapes,
    verdict: after < 1 ? 'worse' : 'same',
    performanceFactor: { before: 1.7 / 1.2, after },
    confidence: 0.99,
    canaryInstances: 1,
    measuredFor: 60,
    next: after < 1 ? 'roll-back' : 'finish',
  });
  const ledgerWith = (after: number) => [{ at: NOW - 40 * DAY, decision: measured(after) }];

  it('what a canary measured on this workload beats the table: too slow a type is not proposed again', async () => {
    const { decision } = await look({ ledger: ledgerWith(0.8) });
    expect(decision?.kind === 'shape-proposed' ? decision.to.types[0] : 'stays').not.toBe('m7a.large');
  });

  it('what was measured on stand-ins is not taken for the type that was wanted', async () => {
    const [{ at, decision: verdict }] = ledgerWith(0.8) as [{ at: number; decision: Decision }];
    const mixed = { ...verdict, measuredOn: ['m6a.large'] } as Decision;
    const { decision } = await proposed({ ledger: [{ at, decision: mixed }] });
    expect(decision.to.types[0]).toBe('m7a.large');
  });

  it('what a canary measured is what the next proposal promises and counts with, whatever the table says', async () => {
    const table = await proposed();
    const { decision } = await proposed({ ledger: ledgerWith(1.6) });
    expect(table.decision.performanceFactor).toBeCloseTo(1.7 / 1.2, 6);
    expect(decision.performanceFactor).toBeCloseTo(1.6, 6);
    // 1.6 / 1.417: an eighth more work on each of them.
    const [before, after] = [table.decision.expected, decision.expected].map(
      (each) => each.dollarsPerMonth!.after,
    );
    expect(after! / before!).toBeGreaterThan(0.86);
    expect(after! / before!).toBeLessThan(0.94);
  });

  it('not within 7 days of the last change, and looked at once a week', async () => {
    const finished: Decision = { kind: 'shape-finished', rollout: 'r', ...shapes, expected: {}, took: 60 };
    const soon = await reviewed({ ledger: [{ at: NOW - 6 * DAY, decision: finished }] });
    expect(soon.decision.because).toBe('too-soon');
    expect((await proposed({ ledger: [{ at: NOW - 8 * DAY, decision: finished }] })).decision.asks).toBe(
      true,
    );
    const record = { shapeReviewedAt: (NOW - 6 * DAY) as Minute };
    expect((await look({ record })).decision).toBeUndefined();
  });
});
