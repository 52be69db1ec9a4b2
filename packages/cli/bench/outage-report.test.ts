import { expect, it } from 'vitest';
import { painter } from '../render/paint.ts';
import { outageMeans, outageReport } from './outage-report.ts';
import type { OutageRow } from './outage-task.ts';

function row(trace: string, dead: number, alive: number, own: number): OutageRow {
  return { trace, startup: 3, lossFactor: 10, hours: 24, from: 0, dead, alive, own };
}

const ROWS = [row('calm', 1.2, 1.2, 2.4), row('wild', 4.84, 4, 4.4)];

it('outages are summed up by the geometric mean to alive and by the worst trace to the owner’s own', () => {
  expect(outageMeans(ROWS)).toEqual([
    {
      startup: 3,
      lossFactor: 10,
      hours: 24,
      deadToAlive: expect.closeTo(1.1),
      worst: { trace: 'wild', deadToOwn: expect.closeTo(1.1) },
    },
  ]);
  expect(outageReport(ROWS, painter(false))).toMatch(/3 min +24 h +10 +1\.100 +1\.100 +wild/);
});
