import type { LedgerEntry, RankedSummary } from '@evenkeel/core/explain';
import type { Minute } from '@evenkeel/core/quantities';
import { describe, expect, it } from 'vitest';
import { painter } from '../render/paint.ts';
import { shapeReport, shapesAsJson } from './shape-report.ts';

const AT = 29_852_645 as Minute;
const ranked = (type: string, count: number, dollarsPerMonth: number): RankedSummary => ({
  type,
  count,
  peak: 2 * count,
  dollarsPerMonth,
  withRisk: 1.5 * dollarsPerMonth,
});

const PROPOSED: LedgerEntry = {
  id: 'review/1/us-east-1/shop-asg/1/shape-proposed',
  at: AT,
  workload: 'shop',
  group: 'shop-asg',
  decision: {
    kind: 'shape-proposed',
    from: { types: ['m7g.large'], count: 37 },
    to: { types: ['m9g.large', 'm9gd.large'], count: 26 },
    expected: { dollarsPerMonth: { before: 2145, after: 1830 }, priceBasis: 'list' },
    performanceFactor: 1.41,
    priceFactor: 1.2,
    asks: true,
    expires: (AT + 4320) as Minute,
    choice: {
      considered: 1237,
      present: ranked('m7g.large', 36.5, 2145.3),
      top: [ranked('m9g.large', 26, 1830.1), ranked('m9g.xlarge', 13.1, 1843.9)],
      rejected: [
        {
          types: 949,
          example: {
            type: 'm7a.large',
            excuse: {
              code: 'architecture',
              bottleneck: 'architecture',
              facts: { type: 'x86_64', image: 'arm64' },
            },
          },
          others: ['m7i.large', 'm7i-flex.large', 'm6a.large'],
        },
        {
          types: 1,
          example: {
            type: 'm6g.large',
            excuse: {
              code: 'max-size',
              bottleneck: 'MaxSize',
              facts: { count: 148, maxSize: 150, write: 185 },
            },
          },
          others: [],
        },
      ],
      verdict: { savingsShare: 0.15, disruptionShare: 0.016, score: 9.4 },
      historyDays: 14,
      memory: 'present',
      zonesAtRisk: 3,
      priceBasis: 'list',
    },
  },
  outcome: { kind: 'told', because: 'asks' },
  excuses: [],
};

const look = { columns: 80, paint: painter(false) };

describe('explain --shape', () => {
  it('says why this one and why not the others, with money and risk, in 80 columns', () => {
    const report = shapeReport('shop', [PROPOSED], look);
    expect(report.split('\n').filter((line) => line.length > 80)).toEqual([]);
    const flat = report.replaceAll(/\s+/g, ' ');
    expect(flat).toContain('shop: 26 x m9g.large (or m9gd.large) instead of 37 x m7g.large, proposed');
    expect(flat).toContain('$2,145 → $1,830 a month (list price), $315 less.');
    expect(flat).toContain('The same goes for 948 more, such as m7i.large, m7i-flex.large, m6a.large.');
    expect(flat).toContain('set MaxSize to 185 to have it considered');
    expect(report).toMatch(/m9g\.large .*26.*\$1,830.*\$2,745.*best/);
    expect(report).toMatch(/m7g\.large .*36\.5.*\$2,145.*\$3,218.*present/);
  });

  it('tells what came of it since', () => {
    const finished: LedgerEntry = {
      ...PROPOSED,
      id: 'rollout/1/shape-finished',
      at: (AT + 600) as Minute,
      decision: {
        kind: 'shape-finished',
        rollout: PROPOSED.id,
        from: { types: ['m7g.large'], count: 37 },
        to: { types: ['m9g.large'], count: 26 },
        expected: {},
        took: 240,
      },
      outcome: { kind: 'applied' },
    };
    const report = shapeReport('shop', [finished, PROPOSED], look).replaceAll(/\s+/g, ' ');
    expect(report).toMatch(/Since then .* The group runs on 26 x m9g\.large now; it took 4 h\./);
  });

  it('says when a review will look where none has', () => {
    const report = shapeReport('shop', [], look);
    expect(report).toContain('no review has looked at its shape yet');
    expect(report.split('\n').filter((line) => line.length > 80)).toEqual([]);
  });

  it('gives the same as JSON, group by group', () => {
    const json = shapesAsJson(
      new Map([
        ['shop-asg', [PROPOSED]],
        ['new-asg', []],
      ]),
    );
    expect(JSON.parse(JSON.stringify(json))).toMatchObject([
      {
        group: 'shop-asg',
        shape: { ranked: [{ type: 'm9g.large' }, {}, { type: 'm7g.large', isPresent: true }] },
      },
      { group: 'new-asg', shape: null },
    ]);
  });
});
