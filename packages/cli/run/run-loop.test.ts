import { FLEET, type LedgerEntry } from '@evenkeel/core/explain';
import { type Instant, type Minute, minuteOf, startOf } from '@evenkeel/core/quantities';
import { createMemoryPorts, plainGroup } from '@evenkeel/engine/memory';
import { PortError } from '@evenkeel/engine/ports';
import { describe, expect, it } from 'vitest';
import { type RunLoopOptions, runLoop } from './run-loop.ts';

const START = (Date.UTC(2026, 2, 2, 12, 2) / 60_000) as Minute;

/** The loop over memory ports, on a clock that sleeping moves, ended after some ticks. */
function stage(options: { ticks?: number; once?: boolean } = {}) {
  let now: number = startOf(START) + 1_000;
  const clock = {
    now: () => now as Instant,
    sleep: async (milliseconds: number) => {
      now += milliseconds;
    },
  };
  const ports = createMemoryPorts({ now: () => Math.floor(now / 60_000) as Minute });
  const ending = new AbortController();
  const ticks: Minute[] = [];
  const told: LedgerEntry[] = [];
  const failures: unknown[] = [];
  const reviewed: string[] = [];
  const loop: RunLoopOptions = {
    ports,
    place: plainGroup('any').ref,
    clock,
    once: options.once ?? false,
    signal: ending.signal,
    view: {
      reviewing: (_done, _total, group) => void reviewed.push(group),
      reviewed: () => {},
      told: (entries) => void told.push(...entries),
      ticked: async (tick) => {
        ticks.push(tick.at);
        if (ticks.length >= (options.ticks ?? 1)) ending.abort();
      },
      failed: (error) => {
        failures.push(error);
        if (failures.length + ticks.length > 5) ending.abort();
      },
      rolloutFailed: () => {},
      waiting: () => {},
    },
  };
  return { loop, ports, ending, ticks, told, failures, reviewed };
}

describe('runLoop', () => {
  it("ticks at once and then on the clock's own five minutes", async () => {
    const { loop, ports, ticks } = stage({ ticks: 3 });
    ports.groups.set(plainGroup('web'));
    await runLoop(loop);
    expect(ticks.map((at) => at - START)).toEqual([0, 3, 8]);
  });

  it('reads the prices of the day before it reviews, and only then', async () => {
    const { loop, ports, reviewed } = stage({ ticks: 3 });
    ports.groups.set(plainGroup('web'));
    const asked: [Minute, number][] = [];
    await runLoop({
      ...loop,
      refreshCatalogue: async (now) => void asked.push([minuteOf(now), reviewed.length]),
    });
    expect(asked).toEqual([[START, 0]]);
  });

  it('takes groups on, and reviews one without a profile once, not at every tick', async () => {
    const { loop, ports, told, reviewed } = stage({ ticks: 4 });
    ports.groups.set(plainGroup('web'));
    await runLoop(loop);
    expect(reviewed).toEqual(['web']);
    expect(told.some((entry) => entry.group === 'web')).toBe(true);
  });

  it('reads the groups again after a review, which may have changed a target, and says whose ticks come', async () => {
    const { loop, ports } = stage({ ticks: 2 });
    ports.groups.set(plainGroup('web'));
    let lists = 0;
    ports.faults.faults = {
      call: (operation) => {
        if (operation === 'list-groups') lists += 1;
        return undefined;
      },
    };
    const expected: string[][] = [];
    await runLoop({ ...loop, expectTicks: (refs) => expected.push(refs.map(({ name }) => name)) });
    expect(lists).toBe(3);
    expect(expected).toEqual([['web'], ['web']]);
  });

  it('goes on after AWS could not be read, and tells it', async () => {
    const { loop, ports, ticks, failures } = stage({ ticks: 2 });
    ports.groups.set(plainGroup('web'));
    let calls = 0;
    ports.faults.faults = {
      call: (operation) =>
        operation === 'list-groups' && calls++ === 0
          ? new PortError('throttled', 'Rate exceeded')
          : undefined,
    };
    await runLoop(loop);
    expect(failures).toMatchObject([{ code: 'throttled' }]);
    expect(ticks.map((at) => at - START)).toEqual([3, 8]);
  });

  it('tells once that it has not worked for three ticks, and once that it works again', async () => {
    const { loop, ports, ending, told } = stage({ ticks: 99 });
    ports.groups.set(plainGroup('web'));
    let rounds = 0;
    ports.faults.faults = {
      call: (operation) => {
        if (operation !== 'list-groups') return undefined;
        rounds += 1;
        if (rounds === 20) ending.abort();
        // The first round lists twice, for it has reviewed.
        return rounds > 3 && rounds <= 9 ? new PortError('throttled', 'Rate exceeded') : undefined;
      },
    };
    await runLoop({ ...loop, view: { ...loop.view, failed: () => {} } });
    const health = told.filter(({ group }) => group === FLEET);
    expect(health.map(({ decision }) => decision)).toMatchObject([
      { kind: 'degraded', part: 'ticks', message: expect.stringContaining('Rate exceeded') },
      { kind: 'recovered', part: 'ticks' },
    ]);
    expect(health[0]!.at - START).toBe(8 + 15);
    expect(await ports.ledger.recent({ workload: FLEET, limit: 9 })).toHaveLength(2);
  });

  it('says nothing of the time in which no process ran', async () => {
    const { loop, ports, told } = stage({ once: true, ticks: 9 });
    ports.groups.set(plainGroup('web'));
    await runLoop(loop);
    await loop.clock.sleep(8 * 3_600_000, loop.signal);
    await runLoop(loop);
    expect(told.filter(({ group }) => group === FLEET)).toEqual([]);
  });

  it('with once: one tick, and an error ends it', async () => {
    const good = stage({ once: true, ticks: 9 });
    good.ports.groups.set(plainGroup('web'));
    await runLoop(good.loop);
    expect(good.ticks).toHaveLength(1);
    const bad = stage({ once: true });
    bad.ports.faults.faults = { call: () => new PortError('denied', 'no') };
    await expect(runLoop(bad.loop)).rejects.toMatchObject({ code: 'denied' });
  });

  it('when ended in the middle, finishes the group at work and begins no other', async () => {
    const { loop, ports, ending } = stage({ ticks: 9 });
    for (const name of ['a', 'b', 'c']) ports.groups.set(plainGroup(name));
    const worked: string[] = [];
    ports.faults.faults = {
      call: (operation, ref) => {
        if (operation === 'load-record' && ref) worked.push(ref.name);
        if (operation === 'save-record' && ref?.name === 'a') ending.abort();
        return undefined;
      },
    };
    await runLoop(loop);
    expect(new Set(worked)).toEqual(new Set(['a']));
    expect(await ports.records.load(plainGroup('a').ref)).toBeDefined();
  });

  it('S16: takes its things off a group that lost its tag, within the hour, and says so', async () => {
    const { loop, ports, told } = stage({ ticks: 15 });
    const web = plainGroup('web');
    ports.groups.set(web);
    await ports.scheduledActions.put(
      web.ref,
      [{ name: 'evenkeel-1', start: (START + 1400) as Minute, minSize: 9 }],
      { decisionId: 'd' },
    );
    let rounds = 0;
    await runLoop({
      ...loop,
      view: {
        ...loop.view,
        ticked: async (tick) => {
          rounds += 1;
          if (rounds === 2) ports.groups.set({ ...web, tags: {} });
          await loop.view.ticked(tick);
        },
      },
    });
    expect(told.filter(({ decision }) => decision?.kind === 'give-back')).toMatchObject([
      { group: 'web', decision: { reason: 'tag-gone' } },
    ]);
    expect(await ports.scheduledActions.list(web.ref)).toEqual([]);
  });
});
