import { MINUTES_PER_DAY, type Minute, minute } from '@evenkeel/core/quantities';
import type { TargetTrackingPolicy } from '@evenkeel/engine/ports';
import { createRegion, live, type Region } from '@evenkeel/twin';
import { describe, expect, it } from 'vitest';
import { loops } from './support/loops.ts';
import { autoGroup, day, office, START } from './support/workloads.ts';

const HISTORY_DAYS = 15;
const HOME = { min: 3, max: 80 };
const PEAK_HOUR = 13;

const hours = (from: Minute, count: number): Minute => minute(from + count * 60);

/** A critical group with slow instances after two weeks of its owner's own scaling. */
function makeRegion(): Region {
  const group = autoGroup('checkout', 0, { demand: office('checkout'), startup: 10, size: HOME });
  const region = createRegion({ start: START, end: day(HISTORY_DAYS + 6), groups: [group] });
  region.advance(HISTORY_DAYS * MINUTES_PER_DAY);
  return region;
}

async function standing(region: Region) {
  const ref = region.refs()[0]!;
  const group = (await region.ports.groups.read(ref))!;
  return {
    min: group.size.min,
    target: (group.policies[0] as TargetTrackingPolicy).target,
    lease: await region.ports.targets.lease(ref),
    record: await region.ports.records.load(ref),
    actions: await region.ports.scheduledActions.list(ref),
  };
}

describe('a group whose Evenkeel dies', () => {
  it('S3, S8: tables deleted at peak, restart, then off for 72 h: the group ends at home with its own target', async () => {
    const region = makeRegion();
    const peak = hours(day(HISTORY_DAYS), PEAK_HOUR);
    await live(region, { ...loops(), until: peak });
    const atPeak = await standing(region);
    expect(atPeak.min).toBeGreaterThan(HOME.min);
    expect(atPeak.target).toBe(55);

    region.loseTables();
    const off = hours(day(HISTORY_DAYS + 1), 9);
    await live(region, { ...loops(), until: off });
    const restarted = await standing(region);
    expect(restarted.record?.home).toMatchObject({ minSize: HOME.min, policy: { target: 50 } });
    expect(restarted.lease?.owner.target).toBe(50);

    region.advance(72 * 60);
    const after = await standing(region);
    expect(after).toMatchObject({ min: HOME.min, target: 50, lease: undefined, actions: [] });
    const { minSize, target } = region.history(region.refs()[0]!);
    const gone = off - START;
    // Home at the latest 30 h after the last tick, the owner's target 30 h after the last review, and both for good.
    expect(new Set(minSize.subarray(gone + 30 * 60))).toEqual(new Set([HOME.min]));
    expect(new Set(target.subarray(gone + 30 * 60))).toEqual(new Set([50]));
  });
});
