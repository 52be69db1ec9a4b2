import { MINUTES_PER_DAY, type Minute, minute } from '@evenkeel/core/quantities';
import {
  createTargetTracking,
  type Policy,
  readAndWish,
  replay,
  type View,
  type World,
} from '@evenkeel/core/replay';
import type { TargetTrackingPolicy } from '@evenkeel/engine/ports';
import { describe, expect, it } from 'vitest';
import { daily, flashCrowd, noise, product, sum } from '../demand/index.ts';
import { chance } from '../random.ts';
import { createRegion, type Loop, live } from './index.ts';

const START = minute(20_000 * MINUTES_PER_DAY);
const CONTEXT = { decisionId: 'test' };
const WINDOW = 30;
const nothing: Loop = async () => undefined;

function makeRegion() {
  const demand = product(
    sum(
      daily({ low: 3, high: 14, peakHour: 10 }),
      flashCrowd({ at: minute(START + 900), height: 15, rise: 12, halfLife: 50 }),
    ),
    noise({ chance: chance(3, 'live'), sd: 0.15, correlation: 0.8 }),
  );
  return createRegion({
    start: START,
    end: minute(START + 4 * MINUTES_PER_DAY),
    groups: [{ name: 'web', tags: { 'evenkeel:workload': 'shop' }, demand, size: { min: 2, max: 60 } }],
  });
}

/** A stand-in for Evenkeel: the floor is the highest need seen in the last half hour, rounded down. */
function floorOf(visible: Float64Array, world: World): number {
  const seen = visible.filter((value) => !Number.isNaN(value));
  return Math.max(world.bounds.min, Math.floor(Math.max(0, ...seen) / world.sloUtilisation));
}

function tickOf(world: World): Loop {
  return async (ports, now) => {
    for (const { ref } of await ports.groups.list()) {
      const { demand } = await ports.metrics.demand(ref, minute(now - 1 - WINDOW), minute(now + 1));
      const name = `evenkeel-${now}`;
      const minSize = floorOf(demand.values, world);
      await ports.scheduledActions.put(ref, [{ name, start: minute(now + 1), minSize }], CONTEXT);
    }
  };
}

/** The same rule as a policy of the kernel: decided in minutes divisible by 5, in force from the next minute on. */
function samePolicy(world: World): Policy {
  const tracking = createTargetTracking(0.5);
  let floor = world.bounds.min;
  let next = floor;
  return {
    wish(m, view: View) {
      floor = next;
      const size = Math.max(floor, readAndWish(tracking, m, view));
      if (m % 5 === 0) {
        next = floorOf(view.visible.subarray(Math.max(0, view.newest - WINDOW + 1), view.newest + 1), world);
      }
      return size;
    },
  };
}

describe('live', () => {
  it('lets what a tick writes act from the next minute on, as a floor of the kernel does', async () => {
    const region = makeRegion();
    const ref = region.refs()[0]!;
    const { demand, home } = region.group(ref);
    await live(region, { tick: tickOf(home), review: nothing, until: minute(START + 2 * MINUTES_PER_DAY) });
    const run = replay({ demand, world: home, policy: samePolicy(home) });
    const { inService, billed, minutes } = region.history(ref);
    expect(minutes).toBe(2 * MINUTES_PER_DAY);
    expect(inService).toEqual(run.inService.subarray(0, minutes));
    expect(billed).toEqual(run.billed.subarray(0, minutes));
  });

  it('ticks every 5 minutes, reviews at the first tick that sees all of yesterday, before it, and is silent while off', async () => {
    const region = makeRegion();
    const calls: string[] = [];
    const called =
      (name: string): Loop =>
      async (_, now: Minute) =>
        calls.push(`${name} ${now - START}`);
    const off = { from: minute(START + 10), to: minute(START + MINUTES_PER_DAY) };
    const until = minute(START + MINUTES_PER_DAY + 6);
    await live(region, { tick: called('tick'), review: called('review'), until, controllerOff: [off] });
    expect(calls).toEqual(['tick 0', 'review 5', 'tick 5', 'tick 1440', 'review 1445', 'tick 1445']);
    expect(region.now()).toBe(until - 1);
  });

  it('S3: with every table lost and Evenkeel off, the group itself goes home', async () => {
    const region = makeRegion();
    const ref = region.refs()[0]!;
    const actions = [
      { name: 'evenkeel-a', start: minute(START + 400), minSize: 20 },
      { name: 'evenkeel-home', start: minute(START + 1800), minSize: 2 },
    ];
    await region.ports.scheduledActions.put(ref, actions, CONTEXT);
    region.advance(600);
    region.loseTables();
    expect((await region.ports.groups.read(ref))!.size.min).toBe(20);
    region.advance(2 * MINUTES_PER_DAY);
    expect((await region.ports.groups.read(ref))!.size).toEqual({ min: 2, max: 60 });
    expect(Math.min(...region.history(ref).inService.subarray(400, 1800))).toBe(20);
    expect(Math.min(...region.history(ref).inService.subarray(1800))).toBeLessThan(10);
  });

  it("S8: with Evenkeel off, the lease gives the owner's target back in its minute", async () => {
    const region = makeRegion();
    const ref = region.refs()[0]!;
    region.advance(100);
    const owner = (await region.ports.groups.read(ref))!.policies[0] as TargetTrackingPolicy;
    const due = minute(region.now() + 1800);
    await region.ports.targets.renewLease(ref, { due, owner }, CONTEXT);
    await region.ports.targets.put(ref, owner, 65, CONTEXT);
    region.advance(2 * MINUTES_PER_DAY);
    const { target } = region.history(ref);
    expect([target[99], target[100], target[due - START - 1], target[due - START]]).toEqual([50, 65, 65, 50]);
  });
});
