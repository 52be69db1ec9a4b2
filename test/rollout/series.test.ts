import { startOf } from '@evenkeel/core/quantities';
import { reviewAll } from '@evenkeel/engine';
import { batch, type DemandShape, daily, sum, type TwinGroupOptions } from '@evenkeel/twin';
import { describe, expect, it } from 'vitest';
import { makeScene, NEW, OLD, type RolloutScene } from './scene.ts';

const DAY = 1440;
/** What a new instance carries, in old ones. */
const RATIO = 1.4;
const TAGS = { 'evenkeel:workload': 'shop', 'evenkeel:mode': 'auto', 'evenkeel:tier': '0' };

/** An office that opens at eight, in instances that carry `inOne` of the old ones: floors are worth their money there. */
const office = (inOne: number): DemandShape =>
  sum(
    daily({ low: 8 / inOne, high: 10 / inOne, peakHour: 14 }),
    batch({ units: 10 / inOne, startHour: 8, duration: 600 }),
  );

/** A group that was moved to instances of 1.4 old ones, some hours later. */
async function moved(): Promise<RolloutScene> {
  const scene = await makeScene({
    real: RATIO,
    promised: RATIO,
    history: 5,
    group: { tags: TAGS, demand: office(1), startup: 10 },
  });
  const profile = await scene.region.ports.profiles.load('shop');
  expect(profile?.strategy.floors).not.toBe('none');
  await scene.begin();
  for (let i = 0; i < DAY && scene.entries('shape-finished').length === 0; i += 5) await scene.live(5);
  expect(await scene.types()).toEqual([NEW]);
  await scene.live(60);
  return scene;
}

/** The next group of the series takes the whole load over, in instances of its own type. */
function takeOver(scene: RolloutScene, type: string) {
  const inOne = type === NEW ? RATIO : 1;
  const green: TwinGroupOptions = {
    name: 'web-green',
    tags: TAGS,
    demand: office(inOne),
    startup: 10,
    size: { min: 4, max: 80 },
    shape: { instanceTypes: [type], spotShare: 0, templateVersion: 'number' },
  };
  const { demand, start } = scene.region.group(scene.ref);
  demand.fill(0, scene.region.now() - start);
  return scene.region.owner.create(green);
}

const minOf = (scene: RolloutScene, ref = scene.ref) => scene.region.group(ref).size.min;

describe('S17: the next group of a series after a change of shape', () => {
  it.each([
    ['of the new type', NEW, 1],
    ['of the old type again', OLD, RATIO],
  ])(
    '%s has the floors of its own instances from its first hours on, and after the night',
    async (_, type, times) => {
      const stays = await moved();
      const scene = await moved();
      const green = takeOver(scene, type);
      for (const hours of [3, 20]) {
        await stays.live(hours * 60);
        await scene.live(hours * 60);
        if (hours === 20) {
          // The review of the night learns the series anew, in the instances of the group that lives.
          await reviewAll(scene.region.ports, startOf(scene.region.now()));
          await reviewAll(stays.region.ports, startOf(stays.region.now()));
          await stays.live(30);
          await scene.live(30);
        }
        expect(minOf(stays)).toBeGreaterThan(8);
        expect(Math.abs(minOf(scene, green) - times * minOf(stays))).toBeLessThanOrEqual(2);
      }
    },
  );
});
