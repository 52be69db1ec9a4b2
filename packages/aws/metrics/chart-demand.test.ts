import { minute } from '@evenkeel/core/quantities';
import { describe, expect, it } from 'vitest';
import { createChartDemand } from './chart-demand.ts';
import type { MetricReader } from './metric-data.ts';

const FROM = minute(1_000);
const TO = minute(1_060);
const ref = { account: '1', region: 'eu-west-1', name: 'web' };

/** Four instances at 50 %, with a datapoint every minute or every five. */
function reader(kind: 'detailed' | 'basic'): MetricReader {
  return async (queries, from, to) =>
    queries.map(({ statistic, period }) => {
      const every = kind === 'basic' ? Math.max(period, 5) : period;
      const minutes = Array.from({ length: Math.floor((to - from) / every) }, (_, index) =>
        minute(from + index * every),
      );
      const samples = 4 * (kind === 'detailed' ? period : 1);
      return { minutes, values: minutes.map(() => (statistic === 'Sum' ? samples * 50 : samples)) };
    });
}

describe('demand for a picture', () => {
  it.each(['detailed', 'basic'] as const)('is the same with %s monitoring', async (kind) => {
    const { demand, inService } = await createChartDemand(reader(kind)).demand(ref, FROM, TO);
    expect(demand.start).toBe(FROM);
    expect([...demand.values]).toEqual(Array.from({ length: 60 }, () => 2));
    expect([...inService]).toEqual(Array.from({ length: 60 }, () => 4));
  });

  it('is unknown where CloudWatch has nothing', async () => {
    const { demand } = await createChartDemand(async (queries) =>
      queries.map(() => ({ minutes: [], values: [] })),
    ).demand(ref, FROM, TO);
    expect([...demand.values].every(Number.isNaN)).toBe(true);
  });
});
