import type { DemandSeries } from '@evenkeel/core/demand';
import { type Minute, startOf } from '@evenkeel/core/quantities';
import type { Tournament } from '@evenkeel/core/replay';
import { describe, expect, it } from 'vitest';
import { createMemoryPorts, type MemoryPorts, plainGroup } from '../memory/index.ts';
import type { GroupSnapshot } from '../ports/index.ts';
import { reviewAll } from '../review/review.ts';
import { MIDNIGHT, officeDemand } from '../testing/world.ts';
import { tickAll } from '../tick/tick.ts';
import { shareOf, sumSeries } from './series.ts';
import { DEFAULT_SETTINGS } from './settings.ts';

const DAY = 1440;
const NOON = 12 * 60;
/** Seldom enough to be quick, often enough for a day's shape. */
const TICK = 15;

/** The group that carries the load on a day, from noon to noon: a new one every day. */
const nameOn = (day: number) => `web-${String(day).padStart(2, '0')}`;
const servingAt = (at: number) => nameOn(Math.floor((at - MIDNIGHT - NOON) / DAY));

/** A workload whose deployment makes a new group every day at noon and deletes the old one an hour later. */
function redBlack(days: number) {
  const clock = { now: MIDNIGHT as Minute };
  const ports = createMemoryPorts({ now: () => clock.now });
  const tags = {
    'evenkeel:workload': 'shop',
    'evenkeel:component': 'web',
    'evenkeel:mode': 'auto',
    'evenkeel:tier': '0',
  };
  for (let day = -1; day < days; day++) {
    const start = (MIDNIGHT + day * DAY + NOON) as Minute;
    const values = Float64Array.from({ length: DAY + 60 }, (_, i) =>
      servingAt(start + i) === nameOn(day) ? officeDemand(start + i) : 0,
    );
    const { ref } = plainGroup(nameOn(day));
    ports.metrics.set(ref, {
      demand: { start, values },
      inService: values.map((value) => Math.ceil(value / 0.5) + 1),
    });
  }
  const begin = (day: number) =>
    ports.groups.set(plainGroup(nameOn(day), { tags, size: { min: 2, max: 40 }, warmup: 10 }));
  begin(-1);
  const settings = { ...DEFAULT_SETTINGS, pacing: false, tournaments: new Map<string, Tournament>() };
  return { ports, clock, begin, settings };
}

async function live(world: ReturnType<typeof redBlack>, days: number): Promise<void> {
  const { ports, clock, begin, settings } = world;
  for (const end = MIDNIGHT + days * DAY; clock.now < end; ) {
    clock.now = (clock.now + TICK) as Minute;
    const day = Math.floor((clock.now - MIDNIGHT) / DAY);
    const minute = (clock.now - MIDNIGHT) % DAY;
    if (minute === NOON) begin(day);
    if (minute === NOON + 60) ports.groups.delete(plainGroup(nameOn(day - 1)).ref);
    runDue(ports, clock.now);
    if (minute === TICK) await reviewAll(ports, startOf(clock.now), settings);
    await tickAll(ports, startOf(clock.now), settings);
  }
}

function runDue(ports: MemoryPorts, now: Minute): void {
  for (const { ref, action } of ports.scheduledActions.takeDue(now)) {
    const group = ports.groups.get(ref);
    if (group) ports.groups.change(ref, { size: { ...group.size, min: action.minSize ?? group.size.min } });
  }
}

const minOf = (group: GroupSnapshot | undefined) => group?.size.min ?? 0;

describe('S17: a new group of the series', () => {
  it('every day for two weeks keeps the history of those before it, and has floors from its first minutes on', async () => {
    const days = 14;
    const world = redBlack(days + 1);
    await live(world, days);
    expect(world.settings.tournaments.get('shop:web')?.days).toBe(days - 1);
    const profile = await world.ports.profiles.load('shop:web');
    expect(profile?.highestNeed).toBeGreaterThan(16);
    // Noon has come: the new group takes over and is planned for at once.
    world.clock.now = (MIDNIGHT + days * DAY + NOON - TICK) as Minute;
    await live(world, days + (NOON + 2 * TICK) / DAY);
    const fresh = world.ports.groups.get(plainGroup(nameOn(days)).ref);
    expect(minOf(fresh)).toBeGreaterThanOrEqual(10);
    const excuses = world.ports.ledger
      .all()
      .filter((entry) => entry.group === nameOn(days))
      .flatMap((entry) => entry.excuses.map((excuse) => excuse.code));
    expect(excuses).not.toContain('insufficient-history');
  });
});

const series = (values: readonly number[]): DemandSeries => ({
  start: 0 as Minute,
  values: Float64Array.from(values),
});

describe('the demand of several groups', () => {
  it('is their sum; a group that is not there yet or any more adds nothing', () => {
    const nan = Number.NaN;
    const long = [nan, nan, ...Array<number>(30).fill(2)];
    const gone = [3, 3, 3, ...Array<number>(29).fill(nan)];
    expect(Array.from(sumSeries([series(long), series(gone)]).values.subarray(0, 6))).toEqual([
      3, 3, 5, 2, 2, 2,
    ]);
  });

  it('bridges a gap of one of them with its higher neighbour, also at the end', () => {
    const nan = Number.NaN;
    expect([...sumSeries([series([1, 1, 1, 1, 1]), series([4, nan, nan, 6, nan])]).values]).toEqual([
      5, 7, 7, 7, 7,
    ]);
  });

  it.each([
    [[4], [], 1],
    [[4], [[4]], 0.5],
    [[0], [[6]], 0],
    [[0], [[0]], 0.5],
    [[1], [[2], [1]], 0.25],
    [[Number.NaN], [[5]], 0],
  ])('of %j beside %j has the share %d', (own, others, share) => {
    expect(shareOf(series(own), others.map(series))).toBe(share);
  });
});
