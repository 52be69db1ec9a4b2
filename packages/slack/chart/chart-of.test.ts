import type { LedgerEntry } from '@evenkeel/core/explain';
import { minute } from '@evenkeel/core/quantities';
import { createMemoryPorts, plainGroup } from '@evenkeel/engine/memory';
import { expect, it } from 'vitest';
import { messagesOf } from '../messages/messages-of.ts';
import { SAMPLE_ENTRIES, SAMPLE_NOW } from '../preview/samples.ts';
import { createChartOf } from './chart-of.ts';
import { drawChart } from './draw-chart.ts';

it('draws what metrics, ledger and record say of the group, and nothing where there is no group', async () => {
  const ports = createMemoryPorts({ now: () => minute(SAMPLE_NOW + 30) });
  const group = plainGroup('checkout-web', {
    tags: { 'evenkeel:workload': 'checkout', 'evenkeel:slo': '0.5' },
  });
  ports.groups.set(group);
  const message = messagesOf(SAMPLE_ENTRIES).find((each) => each.telling.chart)!;
  const start = minute(Math.floor((message.at - 960) / 10) * 10);
  const minutes = message.at - start;
  ports.metrics.set(group.ref, {
    demand: { start, values: new Float64Array(minutes).fill(4) },
    inService: new Float64Array(minutes).fill(10),
  });
  await ports.records.save(group.ref, {
    home: { minSize: 2 },
    adoptedAt: start,
    written: [{ name: 'evenkeel-a', start: minute(message.at + 60), minSize: 16 }],
  });
  const floors = (id: string, at: number, floorNow: number): LedgerEntry => ({
    id,
    at: minute(at),
    workload: 'checkout',
    group: 'checkout-web',
    decision: {
      kind: 'floors',
      floorBefore: 2,
      floorNow,
      peak: { floor: 16, at: start },
      strategy: 's',
      put: 1,
      removed: 0,
    },
    outcome: { kind: 'applied' },
    excuses: [],
  });
  await ports.ledger.append([
    floors('f', start, 9),
    { ...floors('of-another-account', start + 10, 44), place: { account: '9', region: 'eu-west-1' } },
    { ...floors('of-another-group', start + 20, 44), group: 'checkout-api' },
    { ...floors('refused', start + 30, 44), outcome: { kind: 'failed', message: 'no' } },
  ]);
  const chartOf = createChartOf({ ports, groupOf: async () => group });
  const steps = 144;
  const past = (value: number) =>
    Float64Array.from({ length: steps }, (_, step) => (start + step * 10 < message.at ? value : Number.NaN));
  const expected = drawChart({
    start,
    stepMinutes: 10,
    need: past(8),
    capacity: past(10),
    floors: Float64Array.from({ length: steps }, (_, step) =>
      start + step * 10 >= message.at + 60 ? 16 : 9,
    ),
    now: message.at,
  });
  expect(Buffer.from((await chartOf(message))!).equals(Buffer.from(expected!))).toBe(true);
  expect(await createChartOf({ ports, groupOf: async () => undefined })(message)).toBeUndefined();
});
