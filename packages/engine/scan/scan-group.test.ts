import { MINUTES_PER_DAY, type Minute, startOf } from '@evenkeel/core/quantities';
import { createWorld, replay, track } from '@evenkeel/core/replay';
import { describe, expect, it } from 'vitest';
import { CPU_POLICY, createMemoryPorts, plainGroup } from '../memory/index.ts';
import type { GroupSnapshot } from '../ports/index.ts';
import { MIDNIGHT, officeDemand } from '../testing/world.ts';
import { scanGroup } from './scan-group.ts';

const NOW = (MIDNIGHT + 600) as Minute;

/** A group of 2 to 40 that has really lived `days` days under its own target tracking at 50 %. */
function lived(
  days: number,
  of: { readonly group?: Partial<GroupSnapshot>; readonly demand?: (at: number) => number } = {},
) {
  const ports = createMemoryPorts({ now: () => NOW });
  const group = plainGroup('web', { size: { min: 2, max: 40 }, warmup: 3, ...of.group });
  const start = (MIDNIGHT - days * MINUTES_PER_DAY) as Minute;
  const demand = Float64Array.from({ length: days * MINUTES_PER_DAY }, (_, i) =>
    (of.demand ?? officeDemand)(start + i),
  );
  const world = createWorld({ startup: 3, bounds: { min: 2, max: 40 } });
  const run = replay({ demand, world, policy: track(0.5) });
  ports.groups.set(group);
  ports.metrics.set(group.ref, {
    demand: { start, values: run.visible.slice() },
    inService: Float64Array.from(run.inService),
  });
  const scan = (assumedTier: 0 | 1 | 2 | 3 = 1) =>
    scanGroup(ports, group, { now: startOf(NOW), assumedTier });
  return { ports, group, scan };
}

describe('a scan', () => {
  it('learns from the first half, scores the second, against what the group has', async () => {
    const { backtest, measured } = await lived(8).scan();
    expect(backtest).toMatchObject({
      learnedDays: 4,
      scoredDays: 4,
      from: MIDNIGHT - 4 * MINUTES_PER_DAY,
      until: MIDNIGHT,
      ownTarget: 50,
    });
    expect(backtest?.picture.need).toHaveLength(4 * MINUTES_PER_DAY);
    expect(measured?.days).toBe(8);
    expect(measured?.meanUtilisation).toBeGreaterThan(0.35);
    expect(measured?.meanUtilisation).toBeLessThan(0.5);
  });

  it('S9: says how far the replay of the own configuration is off what was measured', async () => {
    expect((await lived(6).scan()).backtest?.gate).toEqual({ kind: 'matches', error: 0 });
    const other = lived(6, { group: { policies: [{ ...CPU_POLICY, target: 80 }] } });
    const { backtest, excuses } = await other.scan();
    expect(backtest?.gate.kind).toBe('does-not-match');
    expect(excuses.map(({ code }) => code)).toContain('replay-does-not-match');
  });

  it('never looks ahead: what comes later changes nothing of what was done before', async () => {
    const calm = await lived(6).scan();
    const lastDay = MIDNIGHT - MINUTES_PER_DAY;
    const crowd = await lived(6, { demand: (at) => officeDemand(at) * (at < lastDay ? 1 : 2.5) }).scan();
    const before = 2 * MINUTES_PER_DAY;
    const firstDays = (scan: typeof calm) => scan.backtest!.picture.evenkeel.subarray(0, before);
    expect(firstDays(crowd)).toEqual(firstDays(calm));
    expect(crowd.backtest!.picture.evenkeel.subarray(before)).not.toEqual(
      calm.backtest!.picture.evenkeel.subarray(before),
    );
    expect(crowd.backtest!.nights.filter(({ from }) => from <= lastDay)).toEqual(
      calm.backtest!.nights.filter(({ from }) => from <= lastDay),
    );
  });

  it('S10: before two weeks with two weekends the target stays, and the scan says so', async () => {
    const { backtest, excuses } = await lived(10).scan();
    expect(backtest!.nights.every(({ strategy }) => strategy.startsWith('tt-50'))).toBe(true);
    expect(excuses).toContainEqual({
      code: 'insufficient-history',
      bottleneck: 'history',
      facts: { days: 10, forFloors: 2, forTarget: 14 },
    });
  });

  it('after them it rises, by five points a night at the most, and money is saved', async () => {
    const { ports, scan } = lived(20);
    const type = { name: 'm6i.large' } as never;
    const entries = [{ type, price: { usdPerHour: 0.1, trust: 'quoted', asOf: '2026-07-20' } as const }];
    Object.assign(ports, {
      catalogue: { inRegion: async () => entries, zonesOffering: async () => undefined },
    });
    const { backtest, price } = await scan();
    expect(price).toEqual({ usdPerHour: 0.1, asOf: '2026-07-20' });
    const { owner, evenkeel, nights } = backtest!;
    const targets = nights.map(({ strategy }) => Number(/^tt-(\d+)/.exec(strategy)?.[1]));
    for (const [night, target] of targets.entries()) {
      expect(target - (targets[night - 1] ?? 50)).toBeLessThanOrEqual(5);
    }
    expect(Math.max(...targets)).toBeGreaterThan(55);
    expect(evenkeel.dollarsPerMonth).toBeLessThan(0.95 * owner.dollarsPerMonth!);
    expect(owner.dollarsPerMonth).toBeCloseTo(owner.instanceHoursPerDay * 0.1 * 30, 6);
    expect(evenkeel.riskAdjustedCost).toBeLessThan(owner.riskAdjustedCost);
  });

  it('S10: on 5-minute metrics the target is held at 60', async () => {
    const { ports, group, scan } = lived(17);
    const reading = await ports.metrics.demand(
      group.ref,
      (MIDNIGHT - 17 * MINUTES_PER_DAY) as Minute,
      MIDNIGHT,
    );
    ports.metrics.set(group.ref, { demand: reading.demand, inService: reading.inService, periodMinutes: 5 });
    const { backtest, excuses } = await scan();
    for (const { strategy } of backtest!.nights) expect(Number(strategy.slice(3, 5))).toBeLessThanOrEqual(60);
    expect(excuses.map(({ code }) => code)).toContain('coarse-metrics');
  });

  it.each([
    ['several policies', { policies: [CPU_POLICY, { ...CPU_POLICY, name: 'b' }] }, 'policy-not-tunable'],
    ['no policy', { policies: [] }, 'policy-not-tunable'],
    ['a step policy', { policies: [{ kind: 'step', name: 's', enabled: true }] }, 'policy-not-tunable'],
  ] as const)('with %s: measured, not replayed', async (_, group, code) => {
    const { backtest, measured, excuses } = await lived(4, { group }).scan();
    expect(backtest).toBeUndefined();
    expect(measured?.days).toBe(4);
    expect(excuses.map((each) => each.code)).toEqual([code]);
  });

  it("another service's group is left alone, and its metrics with it", async () => {
    const { backtest, measured, excuses } = await lived(4, {
      group: { tags: { 'eks:cluster-name': 'c' } },
    }).scan();
    expect([backtest, measured]).toEqual([undefined, undefined]);
    expect(excuses.map(({ code }) => code)).toEqual(['not-ours']);
  });

  it('assumes a tier where no tag says it, and names a wrong tag', async () => {
    expect(await lived(1, { group: { tags: {} } }).scan(3)).toMatchObject({
      tier: 3,
      tierAssumed: true,
      excuses: [{ code: 'insufficient-history' }],
    });
    const tagged = await lived(1, {
      group: { tags: { 'evenkeel:workload': 'shop', 'evenkeel:tier': '0' } },
    }).scan(3);
    expect(tagged).toMatchObject({ tier: 0, tierAssumed: false, workload: 'shop' });
    const wrong = await lived(1, {
      group: { tags: { 'evenkeel:workload': 'shop', 'evenkeel:tier': 'high' } },
    }).scan();
    expect(wrong.excuses.map(({ code }) => code)).toContain('wrong-tag');
  });

  it('a group that was begun yesterday has no whole day', async () => {
    const { ports, group, scan } = lived(3);
    ports.metrics.set(group.ref, {
      demand: { start: (MIDNIGHT - 300) as Minute, values: new Float64Array(300).fill(3) },
    });
    const { backtest, measured, excuses } = await scan();
    expect([backtest, measured]).toEqual([undefined, undefined]);
    expect(excuses).toEqual([{ code: 'insufficient-history', bottleneck: 'history', facts: { days: 0 } }]);
  });

  it('what was measured after adoption is not held against the own configuration', async () => {
    const { ports, group, scan } = lived(6);
    await ports.records.save(group.ref, {
      home: { minSize: 2, policy: CPU_POLICY },
      adoptedAt: (MIDNIGHT - 5 * MINUTES_PER_DAY) as Minute,
      written: [],
    });
    expect((await scan()).backtest?.gate).toEqual({ kind: 'not-measured' });
  });
});
