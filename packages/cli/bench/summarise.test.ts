import { describe, expect, it } from 'vitest';
import { painter } from '../render/paint.ts';
import { benchReport } from './bench-report.ts';
import { BEST_CLASSIC, type BenchRow, EVENKEEL, USUAL } from './bench-row.ts';
import { geometricMeans, leaveOneOut, ratiosTo } from './summarise.ts';

function row(
  trace: string,
  policy: string,
  riskAdjustedCost: number,
  changes: Partial<BenchRow> = {},
): BenchRow {
  const figures = { billedRatio: 1, hotPercent: 0, unservedPercent: 0, launchesPerDay: 10 };
  return { trace, startup: 3, lossFactor: 10, policy, riskAdjustedCost, ...figures, ...changes };
}

const ROWS = [
  row('calm', EVENKEEL, 1),
  row('calm', USUAL, 2),
  row('calm', BEST_CLASSIC, 1.25),
  row('wild', EVENKEEL, 4),
  row('wild', USUAL, 8),
  row('wild', BEST_CLASSIC, 4),
];

describe('the summary of a bench', () => {
  it('takes geometric means, policies in the order of the rows, cases apart', () => {
    const slow = row('calm', EVENKEEL, 3, { startup: 10 });
    expect(geometricMeans([...ROWS, slow])).toEqual([
      { startup: 3, lossFactor: 10, policy: EVENKEEL, riskAdjustedCost: expect.closeTo(2) },
      { startup: 3, lossFactor: 10, policy: USUAL, riskAdjustedCost: expect.closeTo(4) },
      { startup: 3, lossFactor: 10, policy: BEST_CLASSIC, riskAdjustedCost: expect.closeTo(Math.sqrt(5)) },
      { startup: 10, lossFactor: 10, policy: EVENKEEL, riskAdjustedCost: expect.closeTo(3) },
    ]);
  });

  it('names the worst trace first', () => {
    expect(ratiosTo(BEST_CLASSIC, ROWS)).toEqual([
      { trace: 'wild', ratio: 1 },
      { trace: 'calm', ratio: 0.8 },
    ]);
  });

  it('says how the mean moves without each trace, and which one it leans on', () => {
    expect(leaveOneOut(ROWS)).toEqual({
      least: expect.closeTo(0.8),
      most: expect.closeTo(1),
      leansOn: 'calm',
    });
    expect(leaveOneOut(ROWS.slice(0, 3))).toBeUndefined();
  });

  it('is printed with the worst trace and the range', () => {
    const report = benchReport(ROWS, painter(false));
    expect(report).toMatch(/l = 10 +wild +1\.000 +0\.500 +0\.800 … 1\.000/);
    expect(report).toMatch(/evenkeel +2\.000 +10\n/);
  });
});
