import { describe, expect, test } from 'vitest';
import { evenkeel } from './evenkeel.ts';
import { replay } from './kernel.ts';
import { replayOutages, worstOutage } from './outage.ts';
import type { Trace } from './trace.ts';
import { createWorld } from './world.ts';

const world = createWorld();
const DAYS = 9;
/** A steep morning every day, at 08:00. */
const demandAt = (m: number) => (m % 1440 < 480 ? 4 : 22) + ((m * 7919) % 101) / 100;
const demand = Float64Array.from({ length: DAYS * 1440 }, (_, m) => demandAt(m));
const trace: Trace = { demand, days: DAYS, historyDays: 4, rowMinutes: 1 };
const play = (outage?: { from: number; minutes: number }) =>
  replay({
    demand,
    world,
    policy: evenkeel({ world, lossFactor: 30, days: DAYS, ...(outage && { outage }) }),
  });

describe('S3: Evenkeel stands still', () => {
  const from = 6 * 1440 + 300;
  const dead = play({ from, minutes: 2 * 1440 });
  const alive = play();

  test('until then the runs are the same, and the written plan has the morning ready', () => {
    expect(dead.billed.subarray(0, from)).toEqual(alive.billed.subarray(0, from));
    const morning = 6 * 1440 + 480;
    expect(dead.inService[morning]).toBeGreaterThanOrEqual(demandAt(morning) / 0.7);
  });

  test("the plan ends: the second morning meets the owner's target tracking alone", () => {
    const morning = 7 * 1440 + 480;
    expect(dead.inService[morning]).toBeLessThan(20);
    expect(alive.inService[morning]).toBeGreaterThan(30);
    const noon = 7 * 1440 + 720;
    expect(dead.inService[noon]).toBeGreaterThanOrEqual(demandAt(noon) / 0.5 - 1);
  });
});

test('the worst hour is the one before the steepest rise, and a short trace has none', () => {
  expect(worstOutage(trace, 24)!.from % 1440).toBeLessThan(480);
  expect(worstOutage({ ...trace, historyDays: 8 }, 72)).toBeUndefined();
});

test('the rows hold the cost of the outage dead, alive and under the owner', () => {
  const rows = replayOutages({ trace, world, lossFactors: [30] });
  expect(rows.map(({ hours }) => hours)).toEqual([24, 72]);
  for (const { dead, alive, own } of rows) {
    // On days that repeat to the minute a plan written the night before is as good as ticks, by a little.
    expect(dead).toBeGreaterThanOrEqual(alive * 0.97);
    expect(dead).toBeLessThanOrEqual(own * 1.02);
  }
});
