import type { StrategyDecision, TargetDecision } from '@evenkeel/core/explain';
import { hoursWithoutPrice, missingCapacity, monthlyMoney } from '@evenkeel/core/explain';
import type { CatalogEntry } from '@evenkeel/core/shape';
import { entryOf } from '@evenkeel/core/shape/testing';
import { describe, expect, it } from 'vitest';
import { createMemoryCatalogue } from '../memory/index.ts';
import type { Ports } from '../ports/index.ts';
import { DEFAULT_SETTINGS } from '../run/settings.ts';
import { makeWorld, type WorldOptions } from '../testing/world.ts';

const USD = 0.1;
const PRESENT: CatalogEntry = entryOf({ name: 'm6i.large', family: 'm6i', generation: 6 }, USD);

async function night(regions: Readonly<Record<string, readonly CatalogEntry[]>>, options: WorldOptions = {}) {
  const world = await makeWorld({ hour: 0, ...options });
  const ports: Ports & { catalogue?: unknown } = world.ports;
  Object.assign(ports, { catalogue: createMemoryCatalogue(regions) });
  await world.review();
  const of = <T>(kind: 'strategy' | 'target') => world.decisions(kind)[0]?.decision as T | undefined;
  return { world, strategy: of<StrategyDecision>('strategy'), target: of<TargetDecision>('target') };
}

describe('what a change of target or strategy is expected to do', () => {
  it('is money a month at list price and missing capacity, from the replay of both on the group’s own history', async () => {
    const { target, strategy } = await night({ 'eu-west-1': [PRESENT] });
    for (const expected of [target!.expected!, strategy!.expected!]) {
      const { dollarsPerMonth: money, instanceHoursPerDay: hours } = expected;
      expect(money!.before).toBeCloseTo(hours!.before * 30 * USD, 0);
      expect(money!.after).toBeCloseTo(hours!.after * 30 * USD, 0);
      expect(expected.priceBasis).toBe('list');
      expect(monthlyMoney(expected)).toMatch(/a month \(list price\), \$\d+ (less|more)$/);
    }
    // A higher target bills less and leaves less in reserve.
    const { instanceHoursPerDay, missingPerDay } = target!.expected!;
    expect(instanceHoursPerDay!.after).toBeLessThan(instanceHoursPerDay!.before);
    expect(missingPerDay!.after).toBeGreaterThanOrEqual(missingPerDay!.before);
    // Between the bounds of 2 and 40 instances.
    expect(instanceHoursPerDay!.after).toBeGreaterThan(48);
    expect(instanceHoursPerDay!.before).toBeLessThan(960);
  });

  it.each([
    ['the region is not in the catalogue', {}],
    ['the type has no price', { 'eu-west-1': [{ type: PRESENT.type }] }],
  ])('is instance-hours where %s', async (_, regions) => {
    const { expected } = (await night(regions)).target!;
    expect(expected?.dollarsPerMonth).toBeUndefined();
    expect(hoursWithoutPrice(expected)).toMatch(/^price not known; [\d,.]+ → [\d,.]+ instance-hours a day, /);
    expect(missingCapacity(expected)).toMatch(/^missing capacity [\d,.]+ → [\d,.]+ instance-minutes a day$/);
  });

  it('S23: what a commitment pays for saves nothing, and stated prices are called so', async () => {
    const prices = { stated: ['m6i'], committed: { m6i: 1 } };
    const settings = { ...DEFAULT_SETTINGS, prices };
    const { expected } = (await night({ 'eu-west-1': [PRESENT] }, { settings })).target!;
    expect(expected!.dollarsPerMonth!.after).toBe(expected!.dollarsPerMonth!.before);
    expect(expected!.priceBasis).toBe('stated');
  });

  it('reaches the tick that takes the step later, when the window opens', async () => {
    const { world } = await night({ 'eu-west-1': [PRESENT] }, { tags: { 'evenkeel:window': '09:00-17:00' } });
    expect(world.decisions('target')).toEqual([]);
    await world.live(9 * 60 + 10);
    const decision = world.decisions('target')[0]?.decision as TargetDecision;
    expect(decision).toMatchObject({ from: 50, to: 55 });
    expect(decision.expected?.dollarsPerMonth).toBeDefined();
  });
});
