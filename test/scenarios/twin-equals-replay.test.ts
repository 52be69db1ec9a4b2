import { MINUTES_PER_DAY, minute, TICK_MINUTES } from '@evenkeel/core/quantities';
import { evenkeel, type Run, replay } from '@evenkeel/core/replay';
import { lossFactor, type Tier } from '@evenkeel/core/workload';
import type { GroupRef } from '@evenkeel/engine/ports';
import { createRegion, live, type Region, type TwinGroupOptions } from '@evenkeel/twin';
import { describe, expect, it } from 'vitest';
import { idle, loops } from './support/loops.ts';
import { profilePolicy } from './support/profile-policy.ts';
import { autoGroup, crowds, day, jobs, office, START, unguarded } from './support/workloads.ts';

/** What the score turns off is off here too: S8 and S10 pace a live group, the kernel plays without. */
const unpaced = loops({ pacing: false });

/** The first minute in which the twin has other capacity than the replay, with both counts; undefined where there is none. */
function firstDifference(region: Region, ref: GroupRef, run: Run) {
  const { inService, billed, minutes } = region.history(ref);
  for (let m = 0; m < minutes; m++) {
    if (inService[m] !== run.inService[m] || billed[m] !== run.billed[m]) {
      return { group: ref.name, minute: m, twin: inService[m], replay: run.inService[m] };
    }
  }
  return undefined;
}

function tierOf(group: TwinGroupOptions): Tier {
  return Number(group.tags['evenkeel:tier']) as Tier;
}

describe('a live run in the twin, extras off', () => {
  it('has the capacity of a replay of the same strategy in every minute, for each kind of demand', async () => {
    const history = 5;
    const groups = [
      autoGroup('office', 1, { demand: office('office') }),
      autoGroup('jobs', 2, { demand: jobs('jobs') }),
      autoGroup('crowds', 0, { demand: crowds('crowds'), startup: 10 }),
      autoGroup('capped', 1, { demand: office('capped'), size: { min: 5, max: 24 }, target: 60 }),
    ];
    const region = createRegion({ start: START, end: day(history + 2), groups: groups.map(unguarded) });
    region.advance(history * MINUTES_PER_DAY + TICK_MINUTES);
    await live(region, { ...unpaced, until: minute(day(history) + TICK_MINUTES + 1) });
    await live(region, { ...unpaced, review: idle, until: minute(day(history + 1)) });
    let floors = 0;
    for (const [i, ref] of region.refs().entries()) {
      const profile = await region.ports.profiles.load(groups[i]!.name);
      if (!profile) throw new Error(`${ref.name} has no profile`);
      if (profile.strategy.floors !== 'none') floors += 1;
      const { demand, home } = region.group(ref);
      const from = history * MINUTES_PER_DAY + TICK_MINUTES;
      const ownTarget = (groups[i]!.target === 60 ? 60 : 50) / 100;
      const run = replay({
        demand,
        world: home,
        policy: profilePolicy({ profile, from, start: START, ownTarget }),
      });
      expect(firstDifference(region, ref, run)).toBeUndefined();
    }
    expect(floors).toBeGreaterThanOrEqual(2);
  });

  it('has the capacity of one continuous replay of Evenkeel, nightly reviews and changes of strategy included', async () => {
    const days = 4;
    const groups = [
      autoGroup('office', 1, { demand: office('office') }),
      autoGroup('slow', 0, { demand: office('slow'), startup: 10 }),
      autoGroup('jobs', 2, { demand: jobs('jobs'), startup: 10 }),
    ];
    const region = createRegion({ start: START, end: day(days), groups: groups.map(unguarded) });
    await live(region, { ...unpaced, until: day(days) });
    for (const [i, ref] of region.refs().entries()) {
      const { demand, home } = region.group(ref);
      const strategies = new Set<string>();
      const policy = evenkeel({
        world: home,
        lossFactor: lossFactor(tierOf(groups[i]!)),
        days,
        ownTarget: 0.5,
        onReview: (profile) => strategies.add(JSON.stringify(profile.strategy)),
      });
      const run = replay({ demand, world: home, policy });
      expect(firstDifference(region, ref, run)).toBeUndefined();
      expect(strategies.size).toBeGreaterThan(1);
    }
  });
});
