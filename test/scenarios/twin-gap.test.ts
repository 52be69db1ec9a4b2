import { MINUTES_PER_DAY, minute, TICK_MINUTES } from '@evenkeel/core/quantities';
import { createWorld, replay, tally } from '@evenkeel/core/replay';
import type { GroupRef } from '@evenkeel/engine/ports';
import { ALL_EXTRAS, createRegion, type Extras, live, NO_EXTRAS, type Region } from '@evenkeel/twin';
import { describe, expect, it } from 'vitest';
import { idle, loops } from './support/loops.ts';
import { profilePolicy } from './support/profile-policy.ts';
import { autoGroup, day, office, START } from './support/workloads.ts';

const HISTORY_DAYS = 5;
const FROM = HISTORY_DAYS * MINUTES_PER_DAY + TICK_MINUTES;
const DAY_LIVED = [day(HISTORY_DAYS), day(HISTORY_DAYS + 1)] as const;

const CASES: Readonly<Record<string, Partial<Extras>>> = {
  none: NO_EXTRAS,
  actionsLate: { actionsLate: ALL_EXTRAS.actionsLate },
  draining: { draining: ALL_EXTRAS.draining },
  zoneRounding: { zoneRounding: true },
  metricGaps: { metricGaps: ALL_EXTRAS.metricGaps },
  metricPeriod: { metricPeriod: 5 },
  startupJitter: { startupJitter: ALL_EXTRAS.startupJitter },
  launchFailures: { launchFailures: ALL_EXTRAS.launchFailures },
  all: ALL_EXTRAS,
};

/** How far a day lived with an extra is from a replay of the same strategy in a world without. */
interface Gap {
  readonly extra: string;
  /** Mean difference of instances in service, regardless of sign, in percent of the replay's mean. */
  readonly capacityPercent: number;
  readonly billedPercent: number;
  readonly hotMinutes: number;
  readonly hotMinutesReplayed: number;
}

async function gapOf(region: Region, ref: GroupRef): Promise<Gap> {
  const profile = await region.ports.profiles.load(ref.name);
  if (!profile) throw new Error(`${ref.name} has no profile`);
  const { demand, home } = region.group(ref);
  const world = createWorld({ startup: home.startup, metricDelay: home.metricDelay, bounds: home.bounds });
  const policy = profilePolicy({ profile, from: FROM, start: START, ownTarget: 0.5 });
  const run = replay({ demand, world, policy });
  const [from, to] = DAY_LIVED.map((at) => at - START) as [number, number];
  const replayed = tally(run, demand, from, to);
  const history = region.history(ref);
  const lived = history.tally(...DAY_LIVED);
  let off = 0;
  let served = 0;
  for (let m = from; m < to; m++) {
    off += Math.abs(history.inService[m]! - run.inService[m]!);
    served += run.inService[m]!;
  }
  return {
    extra: ref.name,
    capacityPercent: (100 * off) / served,
    billedPercent: 100 * (lived.billed / replayed.billed - 1),
    hotMinutes: lived.hotMinutes,
    hotMinutesReplayed: replayed.hotMinutes,
  };
}

function print(gaps: readonly Gap[]): void {
  const rows = gaps.map((gap) =>
    [
      gap.extra.padEnd(15),
      `${gap.capacityPercent.toFixed(1)} %`.padStart(9),
      `${gap.billedPercent.toFixed(1)} %`.padStart(9),
      `${gap.hotMinutes} (${gap.hotMinutesReplayed})`.padStart(16),
    ].join(''),
  );
  const head = `${'extra'.padEnd(15)}${'capacity'.padStart(9)}${'billed'.padStart(9)}${'hot (replayed)'.padStart(16)}`;
  console.log(['Twin against replay of the same strategy, one day:', head, ...rows].join('\n'));
}

describe('the gap between the twin and the replay', () => {
  it('is nothing without extras, and with each of them capacity stays within a tenth and the bill within 15 %', async () => {
    const groups = Object.entries(CASES).map(([name, extras]) =>
      autoGroup(name, 1, { demand: office('office'), extras }),
    );
    const region = createRegion({ start: START, end: day(HISTORY_DAYS + 2), groups });
    region.advance(FROM);
    const unpaced = loops({ pacing: false });
    await live(region, { ...unpaced, until: minute(START + FROM + 1) });
    await live(region, { ...unpaced, review: idle, until: DAY_LIVED[1] });
    const gaps = await Promise.all(region.refs().map((ref) => gapOf(region, ref)));
    print(gaps);
    for (const gap of gaps) {
      expect(gap.capacityPercent, gap.extra).toBeLessThan(10);
      expect(Math.abs(gap.billedPercent), gap.extra).toBeLessThan(15);
    }
    const none = gaps.find((gap) => gap.extra === 'none')!;
    expect(none).toMatchObject({ capacityPercent: 0, billedPercent: 0, hotMinutes: none.hotMinutesReplayed });
    expect(gaps.find((gap) => gap.extra === 'all')!.capacityPercent).toBeGreaterThan(0);
  });
});
