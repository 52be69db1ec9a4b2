import { type Minute, startOf } from '@evenkeel/core/quantities';
import { beforeEach, describe, expect, test } from 'vitest';
import type { CapacityRequested, FleetEvent } from '../events/index.ts';
import { createMemoryPorts, type MemoryPorts, plainGroup } from '../memory/index.ts';
import { react } from './react.ts';

const NOW = 29_742_240 as Minute;
const group = plainGroup('web', {
  tags: { 'evenkeel:workload': 'shop', 'evenkeel:tier': '1', 'evenkeel:boost-alarm': 'queue-depth' },
});
const PLACE = { account: group.ref.account, region: group.ref.region };

let ports: MemoryPorts;
let minute: Minute;
const happen = (event: FleetEvent, at = minute) => react(event, { ports, now: startOf(at) });

const facts = { id: 'event-1', at: NOW, place: PLACE };
const request = (fields: Partial<CapacityRequested> = {}): CapacityRequested => ({
  ...facts,
  kind: 'capacity-requested',
  workload: 'shop',
  name: 'sale',
  by: 'marketing',
  from: NOW,
  until: (NOW + 120) as Minute,
  ask: { kind: 'factor', factor: 2 },
  ...fields,
});
const alarm = (fields: object = {}): FleetEvent => ({
  ...facts,
  kind: 'alarm',
  alarm: 'queue-depth',
  state: 'alarm',
  reading: { value: 150, threshold: 100 },
  ...fields,
});
const shortage = (fields: object = {}): FleetEvent => ({
  ...facts,
  kind: 'launch-failed',
  group: group.ref,
  because: 'capacity',
  purchase: 'on-demand',
  type: 'm7g.large',
  zone: 'eu-west-1a',
  message: 'no capacity',
  ...fields,
});

beforeEach(() => {
  minute = NOW;
  ports = createMemoryPorts({ now: () => minute });
  ports.groups.set(group);
});
const kinds = () =>
  ports.ledger
    .all()
    .map(({ decision }) => decision?.kind)
    .filter((kind) => kind !== undefined);
const expected = async () => (await ports.settings.load('shop')).expected;

describe('S28: an event only says where to look', () => {
  test.each([
    { kind: 'tags-changed', keys: ['evenkeel:workload'], removed: false, group: group.ref },
    { kind: 'refresh', refresh: 'r', state: 'started', group: group.ref },
    { kind: 'group-deleted', group: group.ref },
    { kind: 'deploy', by: 'stack', name: 'shop-stack', status: 'UPDATE_IN_PROGRESS', underWay: true },
  ] as const)('$kind: a tick of the group concerned, once however often it comes', async (fields) => {
    ports.groups.change(group.ref, {
      tags: { ...group.tags, 'aws:cloudformation:stack-name': 'shop-stack' },
    });
    await happen({ ...facts, ...fields });
    expect(kinds()).toContain('adoption');
    const once = ports.ledger.all();
    await happen({ ...facts, ...fields });
    expect(ports.ledger.all()).toEqual(once);
  });

  test('a group that does not carry the tag and never did is not touched', async () => {
    ports.groups.set(plainGroup('other', { tags: {} }));
    const ref = { ...PLACE, name: 'other' };
    await happen({ ...facts, kind: 'refresh', refresh: 'r', state: 'started', group: ref });
    expect(ports.ledger.all()).toEqual([]);
    expect(await ports.records.load(ref)).toBeUndefined();
  });

  test('a group that is gone is forgotten', async () => {
    await happen({ ...facts, kind: 'tags-changed', keys: [], removed: false, group: group.ref });
    ports.groups.delete(group.ref);
    await happen({ ...facts, kind: 'group-deleted', group: group.ref });
    expect(await ports.records.load(group.ref)).toBeUndefined();
  });

  test('the update of another stack touches nothing', async () => {
    await happen({ ...facts, kind: 'deploy', by: 'stack', name: 'other', status: 'x', underWay: true });
    expect(ports.ledger.all()).toEqual([]);
  });
});

describe('S29: a launch that failed for capacity', () => {
  test('is told once an hour per offering, with what is missing', async () => {
    ports.groups.change(group.ref, { desired: 6, inService: 4 });
    await happen(shortage());
    await happen(shortage({ id: 'event-2', at: (NOW + 20) as Minute }), (NOW + 21) as Minute);
    const told = ports.ledger.all().filter(({ decision }) => decision?.kind === 'launch-shortage');
    expect(told).toHaveLength(1);
    expect(told[0]).toMatchObject({
      decision: { type: 'm7g.large', zone: 'eu-west-1a', wanted: 6, missing: 2 },
      outcome: { kind: 'told' },
    });
    expect(ports.notices.published.filter(({ id }) => id === told[0]!.id)).toHaveLength(1);
    await happen(shortage({ id: 'event-3', at: (NOW + 60) as Minute }), (NOW + 61) as Minute);
    expect(kinds().filter((kind) => kind === 'launch-shortage')).toHaveLength(2);
  });

  test.each([
    ['for another reason', { because: 'other' }],
    ['long ago', { at: (NOW - 7 * 60) as Minute }],
    ['of a group that is none of ours', { group: { ...PLACE, name: 'nobody' } }],
  ])('%s is left alone', async (_, fields) => {
    await happen(shortage(fields));
    expect(ports.ledger.all()).toEqual([]);
  });
});

describe('S29: boost on the alarm the tag names', () => {
  test('for an hour, as much as the alarm is over its threshold', async () => {
    await happen(alarm());
    expect(await expected()).toMatchObject([{ factor: 1.5, from: NOW, until: NOW + 60, by: 'queue-depth' }]);
    expect(kinds()).toContain('boost');
  });

  test('once, however often and in which order its events come', async () => {
    await happen(alarm());
    const once = ports.ledger.all();
    await happen(alarm());
    await happen(alarm({ id: 'event-0', at: (NOW - 5) as Minute }));
    expect(ports.ledger.all()).toEqual(once);
    expect(await expected()).toHaveLength(1);
  });

  test('a new alarm begins it anew, and it never grows beyond twice the plan', async () => {
    await happen(alarm());
    const later = (NOW + 40) as Minute;
    await happen(alarm({ id: 'event-2', at: later, reading: { value: 900, threshold: 100 } }), later);
    expect(await expected()).toMatchObject([{ factor: 2, until: later + 60 }]);
  });

  test.each([
    ['another alarm', { alarm: 'errors' }],
    ['the alarm going back to OK', { state: 'ok' }],
    ['an alarm of an hour ago', { at: (NOW - 60) as Minute }],
  ])('not on %s', async (_, fields) => {
    await happen(alarm(fields));
    expect(await expected()).toEqual([]);
    expect(ports.ledger.all()).toEqual([]);
  });
});

describe('capacity that somebody asks for', () => {
  test('is expected, told, and planned at once', async () => {
    await happen(request());
    expect(await expected()).toMatchObject([{ name: 'sale', factor: 2, by: 'marketing' }]);
    expect(kinds()).toEqual(expect.arrayContaining(['expected-event', 'adoption']));
  });

  test('instances are added, not multiplied', async () => {
    await happen(request({ ask: { kind: 'instances', instances: 4 } }));
    expect(await expected()).toMatchObject([{ factor: 1, add: 4 }]);
  });

  test('S28: twice is once; the newer request of a name counts, in whatever order they come', async () => {
    const newer = request({ id: 'event-2', at: (NOW + 1) as Minute, ask: { kind: 'factor', factor: 3 } });
    for (const order of [
      [request(), newer],
      [newer, request()],
      [newer, newer, request(), request()],
    ]) {
      ports = createMemoryPorts({ now: () => minute });
      ports.groups.set(group);
      for (const each of order) await happen(each, (NOW + 2) as Minute);
      expect(await expected()).toMatchObject([{ factor: 3 }]);
    }
  });

  test('S28: one whose time is over is left alone', async () => {
    await happen(request(), (NOW + 120) as Minute);
    expect(await expected()).toEqual([]);
    expect(ports.ledger.all()).toEqual([]);
  });

  test('requests of other names stay, those that are over go; announced demand is remembered for the lessons', async () => {
    const brief = { until: (NOW + 10) as Minute };
    await happen(request({ ...brief, name: 'more instances', ask: { kind: 'instances', instances: 2 } }));
    await happen(request({ ...brief, id: 'event-1', name: 'twice the demand' }));
    await happen(request({ id: 'event-2', name: 'b' }));
    await happen(request({ id: 'event-3', name: 'c' }), (NOW + 11) as Minute);
    expect((await expected()).map(({ name }) => name)).toEqual(['b', 'c', 'twice the demand']);
  });
});
