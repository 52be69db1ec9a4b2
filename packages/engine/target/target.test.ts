import { type Minute, startOf } from '@evenkeel/core/quantities';
import { describe, expect, it } from 'vitest';
import { CPU_POLICY } from '../memory/index.ts';
import { PortError } from '../ports/index.ts';
import { makeWorld, officeDemand, type World } from '../testing/world.ts';
import { approveTarget } from './approve-target.ts';

const DAY = 1440;
const TARGETS = (world: World) => world.decisions('target').map((entry) => entry.decision);

/** Lives to the next night and reviews. */
async function night(world: World): Promise<void> {
  world.pass(DAY - (world.now() % DAY) + 5);
  await world.review();
}

describe('S8: a tuned target is a lease', () => {
  it('that stands before the target is changed, is due in 30 h, and is renewed every night', async () => {
    const world = await makeWorld({ hour: 0 });
    const order: string[] = [];
    const inner = { ...world.ports.targets };
    world.ports.targets.put = async (...args) => {
      order.push(`put ${args[2]}`);
      return inner.put(...args);
    };
    world.ports.targets.renewLease = async (...args) => {
      order.push(`lease ${(args[1].due - world.now()) / 60} h, ${args[1].owner.target} %`);
      return inner.renewLease(...args);
    };
    await world.review();
    expect(order).toEqual(['lease 30 h, 50 %', 'put 55']);
    await night(world);
    expect(order.slice(2)).toEqual(['lease 30 h, 50 %', 'lease 30 h, 50 %', 'put 60']);
  });

  it('rises by at most 5 points a day, never above the SLO utilisation', async () => {
    const world = await makeWorld({ hour: 0 });
    const seen: number[] = [];
    for (let i = 0; i < 6; i++) {
      await night(world);
      seen.push(world.target());
    }
    expect(seen).toEqual([55, 60, 65, 70, 70, 70]);
  });

  it('rises once however often the review runs', async () => {
    const world = await makeWorld({ hour: 0 });
    for (let i = 0; i < 3; i++) await world.review();
    await world.live(60);
    expect(world.target()).toBe(55);
    expect(TARGETS(world)).toHaveLength(1);
  });

  it('falls at once', async () => {
    const world = await makeWorld({ hour: 0, group: { policies: [{ ...CPU_POLICY, target: 90 }] } });
    await world.review();
    expect(world.target()).toBeLessThanOrEqual(70);
  });

  it("ends at the owner's own target when Evenkeel is gone", async () => {
    const world = await makeWorld({ hour: 0 });
    await world.review();
    expect(world.target()).toBe(55);
    world.pass(30 * 60);
    expect(world.target()).toBe(50);
    await world.live(5);
    expect(world.decisions('hold')).toEqual([]);
  });

  it("a refused change leaves the owner's target, says so, and is tried again", async () => {
    const world = await makeWorld({ hour: 0 });
    world.ports.faults.faults = {
      call: (operation) =>
        operation === 'put-target'
          ? new PortError('denied', 'autoscaling:PutScalingPolicy is missing')
          : undefined,
    };
    await world.review();
    expect(world.target()).toBe(50);
    expect(world.decisions('target')[0]?.outcome).toEqual({
      kind: 'failed',
      message: 'autoscaling:PutScalingPolicy is missing',
    });
    world.ports.faults.faults = {};
    await night(world);
    expect(world.target()).toBe(55);
  });
});

describe('S7: only the one CPU target-tracking policy', () => {
  it('is sent back whole, with only the target changed', async () => {
    const world = await makeWorld({ hour: 0 });
    await world.review();
    expect(world.group().policies).toEqual([{ ...CPU_POLICY, target: 55 }]);
  });

  it.each([
    ['none', []],
    ['two', [CPU_POLICY, { ...CPU_POLICY, name: 'second' }]],
    ['a step policy', [{ kind: 'step', name: 'steps', enabled: true } as const]],
  ])('with %s nothing is touched, with the excuse policy-not-tunable: %#', async (_, policies) => {
    const world = await makeWorld({ hour: 0, group: { policies } });
    await world.review();
    expect(world.group().policies).toEqual(policies);
    expect(TARGETS(world)).toEqual([]);
    const excuses = world.ports.ledger.all().flatMap((entry) => entry.excuses.map((each) => each.code));
    expect(excuses).toContain('policy-not-tunable');
  });
});

describe('S10: what the data does not carry', () => {
  it('on 5-minute metrics the target never goes above 60', async () => {
    const world = await makeWorld({ hour: 0, group: { metricPeriod: 5 } });
    for (let i = 0; i < 5; i++) await night(world);
    expect(world.target()).toBe(60);
    const excuses = world.ports.ledger.all().flatMap((entry) => entry.excuses.map((each) => each.code));
    expect(excuses).toContain('coarse-metrics');
  });

  it('the target waits for 14 days of history with two weekends', async () => {
    const late = (at: number) => (at < 29_348_640 - 5 * DAY ? Number.NaN : officeDemand(at));
    const world = await makeWorld({ hour: 0, demand: late });
    await night(world);
    expect(world.target()).toBe(50);
    const excuses = world.ports.ledger.all().flatMap((entry) => entry.excuses.map((each) => each.code));
    expect(excuses).toContain('insufficient-history');
  });
});

describe('S9: where the replay does not match', () => {
  it('the target is not touched, one that was tuned is given back, and the excuse has both numbers', async () => {
    const world = await makeWorld({ hour: 0 });
    await world.review();
    expect(world.target()).toBe(55);
    const start = (world.now() - 20 * DAY) as Minute;
    const values = Float64Array.from({ length: 30 * DAY }, (_, i) => officeDemand(start + i));
    world.ports.metrics.set(world.ref, {
      demand: { start, values },
      inService: new Float64Array(values.length).fill(35),
    });
    await night(world);
    expect(world.target()).toBe(50);
    expect(world.decisions('give-back').map((entry) => entry.decision)).toMatchObject([
      { reason: 'replay-does-not-match' },
    ]);
    const excuse = world.ports.ledger
      .all()
      .flatMap((entry) => entry.excuses)
      .find((each) => each.code === 'replay-does-not-match');
    expect(excuse).toMatchObject({ bottleneck: 'mean capacity', facts: { measured: 35 } });
  });
});

describe('S1: who decides about the target', () => {
  it('auto changes it inside the window only, and then at the first tick that may', async () => {
    const world = await makeWorld({ hour: 0, tags: { 'evenkeel:window': '09:00-17:00' } });
    await world.review();
    expect(world.target()).toBe(50);
    await world.live(8 * 60);
    expect(world.target()).toBe(50);
    expect(world.excuses()).toContain('outside-window');
    await world.live(70);
    expect(world.target()).toBe(55);
  });

  it('approve asks, once, and does it when it was approved in time', async () => {
    const world = await makeWorld({ hour: 0, mode: 'approve' });
    await world.review();
    await world.live(60);
    expect(world.target()).toBe(50);
    expect(TARGETS(world)).toMatchObject([
      { from: 50, to: 55, asks: { expires: world.now() - 60 + 3 * DAY } },
    ]);
    const now = startOf(world.now());
    expect(await approveTarget(world.ports, world.ref, 65, now)).toBe('changed-meanwhile');
    expect(await approveTarget(world.ports, world.ref, 55, now)).toBe('accepted');
    expect(await approveTarget(world.ports, world.ref, 55, now)).toBe('accepted');
    await world.live(5);
    expect(world.target()).toBe(55);
    expect(await world.ports.targets.lease(world.ref)).toBeDefined();
  });

  it('an approval counts that comes while a tick is at work, or in the last minute of its time', async () => {
    const world = await makeWorld({ hour: 0, mode: 'approve' });
    await world.review();
    const before = (await world.ports.records.load(world.ref))!;
    const last = startOf((world.now() + 3 * DAY - 1) as Minute);
    expect(await approveTarget(world.ports, world.ref, 55, last)).toBe('accepted');
    // The tick that began before the answer saves what it had read.
    await world.ports.records.save(world.ref, before);
    world.pass(3 * DAY + 1);
    await world.tick();
    expect(world.target()).toBe(55);
  });

  it('an approval of an earlier question does not answer a later one', async () => {
    const world = await makeWorld({ hour: 0, mode: 'approve' });
    await world.review();
    expect(await approveTarget(world.ports, world.ref, 55, startOf(world.now()))).toBe('accepted');
    const record = (await world.ports.records.load(world.ref))!;
    const later = { to: 55, until: (record.askedTarget!.until + DAY) as Minute };
    await world.ports.records.save(world.ref, { ...record, askedTarget: later });
    await world.live(10);
    expect(world.target()).toBe(50);
  });

  it('an answer that comes too late does nothing', async () => {
    const world = await makeWorld({ hour: 0, mode: 'approve' });
    await world.review();
    const late = startOf((world.now() + 3 * DAY) as Minute);
    expect(await approveTarget(world.ports, world.ref, 55, late)).toBe('expired');
    await world.live(10);
    expect(world.target()).toBe(50);
  });

  it('recommend tells, once; observe does not even that', async () => {
    const recommend = await makeWorld({ hour: 0, mode: 'recommend' });
    const observe = await makeWorld({ hour: 0, mode: 'observe' });
    for (const world of [recommend, observe]) {
      await world.review();
      await world.live(30);
      expect(world.target()).toBe(50);
    }
    expect(recommend.decisions('target').map((entry) => entry.outcome)).toEqual([
      { kind: 'told', because: 'mode-does-not-allow' },
    ]);
    expect(TARGETS(observe)).toEqual([]);
  });

  it('after 14 days in observe the switch is offered, once', async () => {
    const world = await makeWorld({ hour: 0, mode: 'observe' });
    await world.tick();
    for (let i = 0; i < 13; i++) await night(world);
    expect(world.decisions('mode-offer')).toEqual([]);
    for (let i = 0; i < 3; i++) await night(world);
    expect(world.decisions('mode-offer').map((entry) => entry.decision)).toMatchObject([
      { from: 'observe', to: 'auto', observedDays: 14 },
    ]);
  });
});
