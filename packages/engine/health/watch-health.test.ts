import type { LedgerEntry } from '@evenkeel/core/explain';
import { type Instant, type Minute, startOf } from '@evenkeel/core/quantities';
import { describe, expect, it } from 'vitest';
import { createMemoryPorts } from '../memory/index.ts';
import { notePulse, type Troubled } from './pulse.ts';
import { type HealthMemory, watchHealth } from './watch-health.ts';

const START = 29_663_100 as Minute;
const PLACE = { account: '111111111111', region: 'eu-west-1' };
const KEY = '111111111111/eu-west-1';
const REFS = ['api', 'cart', 'search', 'web'].map((name) => ({ ...PLACE, name }));

/** A place with four groups, ticked every five minutes and watched right before each tick. */
function createShift() {
  let at = START;
  const ports = createMemoryPorts({ now: () => at });
  const memory: HealthMemory = {};
  const entries: LedgerEntry[] = [];
  return {
    ports,
    memory,
    entries,
    told: () =>
      entries.map(
        ({ at: minute, decision }) =>
          `${minute - START} ${decision?.kind} ${decision && 'part' in decision ? decision.part : ''}`,
      ),
    /** So many ticks, the first one now. Not ticked: nobody works on the place. */
    async pass(
      ticks: number,
      options: {
        readonly troubled?: readonly Troubled[];
        readonly ticked?: boolean;
        readonly problem?: string;
        readonly groups?: number;
      } = {},
    ) {
      const { troubled = [], ticked = true, problem, groups = 4 } = options;
      for (let tick = 0; tick < ticks; tick += 1) {
        const now: Instant = startOf(at);
        const place = { ...PLACE, groups, ...(problem !== undefined && { problem }) };
        entries.push(...(await watchHealth(ports, [place], now, memory)));
        if (ticked) {
          await notePulse(ports.documents, { place: KEY, groups: 4, ticked: REFS, troubled }, now);
        }
        at = (at + 5) as Minute;
      }
    },
  };
}

const failing = (part: Troubled['part'], ...names: readonly string[]): readonly Troubled[] =>
  names.map((name) => ({ ref: { ...PLACE, name }, part, message: `${part} went wrong` }));

describe('the watch over Evenkeel itself', () => {
  it('says nothing while all goes well, and nothing of one or two ticks that fail', async () => {
    const shift = createShift();
    await shift.pass(5);
    await shift.pass(2, { troubled: failing('ticks', 'web') });
    await shift.pass(5);
    await shift.pass(2, { ticked: false });
    await shift.pass(5);
    expect(shift.entries).toEqual([]);
  });

  it('tells after three failed ticks, once, with what still works and until when; and once when it is over', async () => {
    const shift = createShift();
    await shift.pass(2);
    await shift.pass(20, { troubled: failing('ticks', 'web', 'cart') });
    expect(shift.told()).toEqual(['25 degraded ticks']);
    expect(shift.entries[0]).toMatchObject({
      id: `degraded/ticks/${START + 10}`,
      workload: '*',
      decision: {
        since: START + 10,
        groups: { affected: 2, all: 4 },
        planReaches: START + 10 + 1440,
        message: `${KEY}: ticks went wrong`,
      },
    });
    await shift.pass(10);
    expect(shift.told()).toEqual(['25 degraded ticks', '130 recovered ticks']);
    expect(shift.entries[1]?.decision).toMatchObject({ since: START + 10, until: START + 115 });
    expect(shift.ports.ledger.all()).toEqual(shift.entries);
    expect(shift.ports.notices.published).toEqual(shift.entries);
  });

  it('takes trouble that goes and comes back within three ticks for one', async () => {
    const shift = createShift();
    for (let times = 0; times < 4; times += 1) {
      await shift.pass(5, { troubled: failing('metrics', 'web') });
      await shift.pass(2);
    }
    expect(shift.told()).toEqual(['15 degraded metrics']);
    await shift.pass(6);
    expect(shift.told()).toHaveLength(2);
  });

  it('tells of ticks that do not come at all, by whoever still looks', async () => {
    const shift = createShift();
    await shift.pass(3);
    await shift.pass(6, { ticked: false });
    expect(shift.told()).toEqual(['30 degraded ticks']);
    expect(shift.entries[0]?.decision).toMatchObject({
      since: START + 10,
      groups: { affected: 4, all: 4 },
      message: `${KEY}: no tick has ended since then`,
    });
    await shift.pass(8);
    expect(shift.told()).toEqual(['30 degraded ticks', '65 recovered ticks']);
  });

  it('tells of a place whose groups cannot be listed, with what AWS said', async () => {
    const shift = createShift();
    await shift.pass(6, { ticked: false, problem: 'AccessDenied: not allowed to assume the role' });
    expect(shift.told()).toEqual(['15 degraded ticks']);
    expect(shift.entries[0]?.decision).toMatchObject({
      message: `${KEY}: AccessDenied: not allowed to assume the role`,
    });
  });

  it('takes a look with another role, which sees the groups, for no end of it', async () => {
    const shift = createShift();
    await shift.pass(2, { ticked: false, problem: 'AccessDenied' });
    await shift.pass(1, { ticked: false });
    await shift.pass(2, { ticked: false, problem: 'AccessDenied' });
    expect(shift.told()).toEqual(['15 degraded ticks']);
    await shift.pass(6);
    expect(shift.told()).toEqual(['15 degraded ticks', '40 recovered ticks']);
  });

  it('misses no ticks where there is nothing to tick, and forgets groups that are gone', async () => {
    const shift = createShift();
    await shift.pass(1, { troubled: failing('ticks', 'web') });
    const gone = { place: KEY, groups: 1, ticked: REFS.slice(0, 1), troubled: [] };
    for (let minute = 5; minute <= 60; minute += 5) {
      await notePulse(shift.ports.documents, gone, startOf((START + minute) as Minute));
    }
    const pulse = await shift.ports.documents.read<{ troubled: object }>('pulse', KEY);
    expect(pulse?.value.troubled).toEqual({});
    await shift.pass(30, { ticked: false, groups: 0 });
    expect(shift.entries).toEqual([]);
  });

  it('counts what is wrong in every place as one', async () => {
    const { ports } = createShift();
    const places = ['eu-west-1', 'us-east-1', 'sa-east-1'].map((region) => ({ ...PLACE, region, groups: 2 }));
    for (let minute = 0; minute <= 15; minute += 5) {
      for (const { account, region } of places) {
        const ref = { account, region, name: 'web' };
        const troubled = [{ ref, part: 'bus' as const, message: 'throttled' }];
        const ticked = { place: `${account}/${region}`, groups: 2, ticked: [ref], troubled };
        await notePulse(ports.documents, ticked, startOf((START + minute) as Minute));
      }
    }
    const looks = await Promise.all([
      watchHealth(ports, places, startOf((START + 16) as Minute)),
      watchHealth(ports, places, startOf((START + 16) as Minute)),
    ]);
    const ids = looks.flat().map(({ id }) => id);
    expect(new Set(ids)).toEqual(new Set([`degraded/bus/${START}`]));
    expect(ports.ledger.all()).toHaveLength(1);
    expect(ports.ledger.all()[0]?.decision).toMatchObject({ groups: { affected: 3, all: 6 } });
  });
});

describe('a table that is away', () => {
  it('is told by the bus alone after a quarter of an hour, once, and again when it is back', async () => {
    const shift = createShift();
    await shift.pass(3);
    const { list, read, write } = shift.ports.documents;
    const away = async () => Promise.reject(new Error('DynamoDB does not answer'));
    Object.assign(shift.ports.documents, { list: away, read: away, write: away });
    await shift.pass(8);
    expect(shift.told()).toEqual(['30 degraded table']);
    expect(shift.entries[0]?.decision).toMatchObject({
      since: START + 15,
      groups: { affected: 4, all: 4 },
      planReaches: START + 15 + 1440,
      message: 'DynamoDB does not answer',
    });
    expect(shift.ports.notices.published).toHaveLength(1);
    expect(shift.ports.ledger.all()).toEqual([]);
    Object.assign(shift.ports.documents, { list, read, write });
    await shift.pass(10);
    // The pulses were as old as the table's absence: that is not told a second time as ticks that did not come.
    expect(shift.told()).toEqual(['30 degraded table', '55 recovered table']);
    expect(shift.ports.ledger.all()).toHaveLength(1);
  });

  it('for a tick or two is not told', async () => {
    const shift = createShift();
    const { list } = shift.ports.documents;
    Object.assign(shift.ports.documents, { list: async () => Promise.reject(new Error('no')) });
    await shift.pass(3);
    Object.assign(shift.ports.documents, { list });
    await shift.pass(5);
    expect(shift.entries).toEqual([]);
  });
});

describe('a bus that is away', () => {
  it('does not keep its own trouble out of the ledger', async () => {
    const shift = createShift();
    Object.assign(shift.ports.notices, { publish: async () => Promise.reject(new Error('no bus')) });
    await shift.pass(5, { troubled: failing('bus', 'api', 'web') });
    expect(shift.ports.ledger.all().map(({ decision }) => decision?.kind)).toEqual(['degraded']);
  });
});
