import { type Decision, FLEET, type LedgerEntry } from '@evenkeel/core/explain';
import { type Instant, type Minute, minuteOf, startOf } from '@evenkeel/core/quantities';
import { createMemoryLedger } from '@evenkeel/engine/memory';
import { endOfDay, weeklyDigest } from '@evenkeel/slack/reports';
import { describe, expect, it } from 'vitest';
import { createWorld, expectedEvent, footingLost, START } from './world.ts';

/** 09:00 of the day. */
const AT = minuteOf(START);
const MIDNIGHT = (AT + 15 * 60) as Minute;

const floors = (workload: string, at: number, floorBefore: number, floorNow: number): LedgerEntry => ({
  ...footingLost(workload, { at: at as Minute, id: `floors-${workload}-${at}` }),
  decision: {
    kind: 'floors',
    floorBefore,
    floorNow,
    peak: { floor: 9, at: AT },
    strategy: 'ensemble',
    needNow: 3.2,
    put: 1,
    removed: 0,
  },
});

const savings = (
  workload: string,
  at: number,
  before: number,
  after: number,
  verified = true,
): LedgerEntry => ({
  ...footingLost(workload, { at: at as Minute, id: `savings-${workload}-${at}` }),
  decision: {
    kind: 'savings',
    from: AT,
    until: AT,
    instanceHours: { before, after },
    hotMinutes: { before: 2, after: 1 },
    replayError: -0.02,
    verified,
  },
});

describe('the end of a day', () => {
  async function dayWith(entries: readonly LedgerEntry[], told: readonly LedgerEntry[]) {
    const world = createWorld();
    const ledger = createMemoryLedger();
    await ledger.append(entries);
    await world.queue(told);
    world.pass(120_000);
    await world.run();
    world.pass((MIDNIGHT + 5 - minuteOf(world.clock.now())) * 60_000);
    for (let twice = 0; twice < 2; twice += 1) {
      await endOfDay(
        { ledger, outbox: world.outbox },
        { workloads: ['shop', 'quiet'], now: world.clock.now(), day: (MIDNIGHT - 1) as Minute },
      );
      world.pass(120_000);
      await world.run();
    }
    return world;
  }

  it('sums the routine up at the end of the thread, and says nothing where nothing was said', async () => {
    const lost = footingLost('shop');
    const entries = [
      lost,
      floors('shop', AT + 10, 4, 6),
      floors('shop', AT + 20, 6, 9),
      floors('shop', AT + 30, 9, 5),
      floors('quiet', AT + 10, 2, 3),
      floors('shop', MIDNIGHT + 1, 5, 44),
    ];
    const world = await dayWith(entries, [lost]);
    const [root, summary, ...rest] = world.slack.messages;
    expect(rest).toEqual([]);
    expect(summary).toMatchObject({ thread: root?.ts, broadcast: false });
    expect(summary?.text).toContain('floors between 5 and 9, written 3 times');
    expect(JSON.stringify(summary?.blocks)).toContain('6 → 9 → 5');
    expect(world.slack.refusals).toEqual([]);
  });

  it('tells what the bus has lost, once', async () => {
    const world = await dayWith([footingLost('shop'), expectedEvent('shop', 'sale')], [footingLost('shop')]);
    expect(world.slack.messages.map(({ text }) => text.includes('sale'))).toEqual([false, true]);
  });
});

describe('the weekly digest', () => {
  it('has the whole week of a workload of a hundred groups', async () => {
    const ledger = createMemoryLedger();
    const routine = Array.from({ length: 4_000 }, (_, index) =>
      floors('shop', AT - Math.floor(index / 2), 2, 3),
    ).map((entry, index) => ({ ...entry, id: `routine-${index}` }));
    await ledger.append([savings('shop', AT - 5 * 1440, 100, 80), ...routine]);
    const entry = await weeklyDigest({
      ledger,
      workloads: ['shop'],
      now: startOf(AT) as Instant,
      waiting: [],
      undelivered: [],
    });
    expect(entry.decision).toMatchObject({ workloads: [{ instanceHours: { before: 100, after: 80 } }] });
  });

  it('adds up verified days only, counts changes, and is the same entry when made twice', async () => {
    const ledger = createMemoryLedger();
    const change: Decision = { kind: 'target', from: 50, to: 55, owner: 50 };
    await ledger.append([
      savings('shop', AT - 1440, 100, 80),
      savings('shop', AT - 2880, 100, 90),
      savings('shop', AT - 4320, 500, 1, false),
      savings('shop', AT - 20_000, 900, 1),
      { ...footingLost('shop', { id: 'change' }), decision: change },
      { ...footingLost('shop', { id: 'told' }), decision: change, outcome: { kind: 'told', because: 'x' } },
    ]);
    const make = () =>
      weeklyDigest({
        ledger,
        workloads: ['shop', 'quiet', 'shop'],
        now: startOf(AT) as Instant,
        waiting: [],
        undelivered: [],
      });
    const entry = await make();
    expect(await make()).toEqual(entry);
    expect(entry).toMatchObject({
      workload: FLEET,
      decision: {
        replayError: 0.02,
        workloads: [
          { workload: 'quiet', changes: 0 },
          {
            workload: 'shop',
            changes: 1,
            instanceHours: { before: 200, after: 170 },
            hotMinutesPerDay: { before: 2, after: 1 },
          },
        ],
      },
    });
    const world = createWorld();
    await world.queue([entry]);
    world.pass(120_000);
    await world.run();
    expect(JSON.stringify(world.slack.messages[0]?.blocks)).toContain('15 % fewer instance-hours');
  });
});
