import { type Instant, type Minute, minute, startOf } from '@evenkeel/core/quantities';
import { approveTarget, isTargetApproved } from '@evenkeel/engine';
import { openQuestions, type Standing, stillStands } from '@evenkeel/engine/answers';
import { createMemoryPorts, plainGroup } from '@evenkeel/engine/memory';
import type { GroupRef, GroupSnapshot } from '@evenkeel/engine/ports';
import { type Action, createActions, createDirectory } from '@evenkeel/slack/answers';
import { SAMPLE_ENTRIES } from '@evenkeel/slack/samples';
import { describe, expect, it } from 'vitest';
import { createOffice, proposal } from './people.ts';

const AT = minute(29_663_100);
const BY = 'slack:UCAROL';

type Unsigned<T> = T extends Action ? Omit<T, 'by'> : never;

function createDesk(at: Minute = AT) {
  const ports = createMemoryPorts({ now: () => at });
  const tags = { 'evenkeel:workload': 'shop', 'evenkeel:tier': '1', 'evenkeel:notify': 'team-shop' };
  ports.groups.set(plainGroup('shop-web', { tags }));
  ports.groups.set(plainGroup('shop-batch', { tags: { ...tags, 'evenkeel:tier': '3' } }));
  ports.groups.set(plainGroup('feed', { tags: { 'evenkeel:workload': 'feed', 'evenkeel:tier': 'high' } }));
  const directory = createDirectory([ports.groups]);
  const soon: string[] = [];
  const actions = createActions({
    ports,
    directory,
    now: () => startOf(at) as Instant,
    approveTarget: (ref, to, now) => approveTarget(ports, ref, to, now),
    soon: async (groups: readonly GroupRef[]) => {
      soon.push(...groups.map(({ name }) => name));
    },
  });
  const perform = (action: Unsigned<Action>) => actions.perform({ ...action, by: BY } as Action);
  const holds = (group?: string) =>
    ports.holds.inForce({ workload: 'shop', at: AT, ...(group !== undefined && { group }) });
  return { ports, directory, actions, perform, holds, soon };
}

describe('answers on the engine’s ports', () => {
  it('S30: pause a workload or everything, and have it seen at once', async () => {
    const desk = createDesk();
    await desk.perform({ kind: 'pause', workload: 'shop', note: 'load test' });
    expect(await desk.holds()).toMatchObject([
      { kind: 'paused', by: BY, note: 'load test', scope: { workload: 'shop' } },
    ]);
    expect(desk.soon.sort()).toEqual(['shop-batch', 'shop-web']);
    await desk.perform({ kind: 'resume', workload: 'shop' });
    expect(await desk.holds()).toEqual([]);
    await desk.perform({ kind: 'pause' });
    expect(await desk.holds()).toMatchObject([{ kind: 'paused', scope: { kind: 'everything' } }]);
    expect(desk.soon).toContain('feed');
  });

  it('release what a person’s change held, and nothing of a pause', async () => {
    const desk = createDesk();
    const [snapshot] = await desk.ports.groups.list();
    const key = `${snapshot!.ref.account}/${snapshot!.ref.region}/shop-web`;
    await desk.ports.holds.place({
      kind: 'human-override',
      scope: { kind: 'group', group: key },
      since: AT,
      by: 'alice',
    });
    await desk.perform({ kind: 'pause', workload: 'shop' });
    await desk.perform({ kind: 'release', workload: 'shop' });
    expect((await desk.holds(key)).map(({ kind }) => kind)).toEqual(['paused']);
  });

  it('what a message tells of stands until it is ended, or its time is up', async () => {
    const desk = createDesk();
    const stands = (what: Standing['what'], at = AT) =>
      stillStands(desk.ports, { what, workload: 'shop' }, at);
    const all = async (at = AT) => [
      await stands('pause', at),
      await stands('hold', at),
      await stands('boost', at),
    ];
    expect(await all()).toEqual([false, false, false]);
    await desk.perform({ kind: 'pause', workload: 'shop', until: minute(AT + 60) });
    await desk.perform({ kind: 'boost', workload: 'shop', add: 4, until: minute(AT + 60) });
    expect(await all()).toEqual([true, false, true]);
    expect(await all(minute(AT + 60))).toEqual([false, false, false]);
    await desk.perform({ kind: 'resume', workload: 'shop' });
    await desk.perform({ kind: 'end-boost', workload: 'shop' });
    expect(await all()).toEqual([false, false, false]);
  });

  it('what can be rolled back stands while the rollout runs, or the target is not its owner’s', async () => {
    const { ports } = createDesk();
    const [{ ref }] = (await ports.groups.list()) as [GroupSnapshot];
    const stands = (of: Pick<Standing, 'ref' | 'rollout'>) =>
      stillStands(ports, { what: 'change', workload: 'shop', ...of }, AT);
    expect([await stands({ ref }), await stands({ rollout: 'r1' })]).toEqual([false, false]);
    const record = { home: { minSize: 2 }, adoptedAt: AT, written: [] };
    await ports.records.save(ref, { ...record, target: 55 });
    await ports.documents.write('rollouts', 'r1', { state: 'running' }, { expected: 0 });
    expect([await stands({ ref }), await stands({ ref, rollout: 'r1' })]).toEqual([true, true]);
    await ports.records.save(ref, record);
    await ports.documents.write('rollouts', 'r1', { state: 'ended' }, { expected: 1 });
    expect([await stands({ ref }), await stands({ ref, rollout: 'r1' })]).toEqual([false, false]);
  });

  it('boost and expect: announced to the plan, the same name once, and taken back', async () => {
    const desk = createDesk();
    const until = minute(AT + 120);
    for (let twice = 0; twice < 2; twice += 1)
      await desk.perform({ kind: 'boost', workload: 'shop', add: 4, until });
    await desk.perform({
      kind: 'expect',
      workload: 'shop',
      name: 'sale',
      factor: 3,
      from: until,
      until: minute(AT + 600),
    });
    const { expected } = await desk.ports.settings.load('shop');
    expect(expected).toMatchObject([
      { name: `boost by ${BY}`, add: 4, factor: 1, from: AT, until, by: BY },
      { name: 'sale', factor: 3, by: BY },
    ]);
    expect(await desk.perform({ kind: 'end-boost', workload: 'shop' })).toMatchObject({ kind: 'done' });
    expect(await desk.perform({ kind: 'end-boost', workload: 'shop' })).toMatchObject({
      kind: 'refused',
      because: 'not-there',
    });
    expect(await desk.perform({ kind: 'cancel-expected', workload: 'shop', name: 'sale' })).toMatchObject({
      kind: 'done',
    });
    expect((await desk.ports.settings.load('shop')).expected).toEqual([]);
  });

  it('approve an offered mode; what cannot be done here is refused politely, a no is always possible', async () => {
    const desk = createDesk();
    const offer = {
      ...proposal('shop', 'offer-1'),
      decision: {
        kind: 'mode-offer',
        from: 'observe',
        to: 'auto',
        observedDays: 14,
        expected: {},
        expires: minute(AT + 1440),
      } as const,
    };
    const shape = SAMPLE_ENTRIES.find((entry) => entry.decision?.kind === 'shape-proposed')!;
    await desk.ports.ledger.append([offer, { ...shape, id: 'proposal-1', workload: 'shop' }]);
    expect(await desk.perform({ kind: 'approve', workload: 'shop', entry: 'offer-1' })).toMatchObject({
      kind: 'done',
    });
    expect((await desk.ports.settings.load('shop')).mode).toBe('auto');
    expect(await desk.perform({ kind: 'approve', workload: 'shop', entry: 'proposal-1' })).toMatchObject({
      because: 'not-available',
    });
    expect(await desk.perform({ kind: 'reject', workload: 'shop', entry: 'proposal-1' })).toMatchObject({
      kind: 'done',
    });
    expect(await desk.perform({ kind: 'approve', workload: 'shop', entry: 'gone' })).toMatchObject({
      because: 'changed-meanwhile',
    });
  });
});

describe('answers to a proposed target', () => {
  const UNTIL = minute(AT + 1440);

  async function createAsked(at = AT) {
    const desk = createDesk(at);
    const [group] = (await desk.ports.groups.list()).filter(({ ref }) => ref.name === 'shop-web');
    const { ref } = group!;
    const record = {
      home: { minSize: 2 },
      adoptedAt: AT,
      written: [],
      askedTarget: { to: 55, until: UNTIL },
    };
    await desk.ports.records.save(ref, record);
    const { name, account, region } = ref;
    const target = { kind: 'target', from: 50, to: 55, owner: 50, asks: { expires: UNTIL } } as const;
    const entry = {
      ...proposal('shop', 'asks-1'),
      group: name,
      place: { account, region },
      decision: target,
    };
    await desk.ports.ledger.append([entry]);
    const answer = (kind: 'approve' | 'reject') => desk.perform({ kind, workload: 'shop', entry: 'asks-1' });
    const approved = () => isTargetApproved(desk.ports, ref, record.askedTarget);
    return { desk, ref, record, answer, approved };
  }

  it('a yes is noted and its group looked at within the minute; the same again is the same', async () => {
    const { desk, answer, approved } = await createAsked();
    expect(await answer('approve')).toMatchObject({ kind: 'done' });
    expect(await approved()).toBe(true);
    expect(desk.soon).toEqual(['shop-web']);
    expect(await answer('approve')).toMatchObject({ kind: 'done' });
  });

  it('is found however much the workload has done since', async () => {
    const { desk, answer, approved } = await createAsked(minute(AT + 600));
    const routine = Array.from({ length: 1_200 }, (_, index) => ({
      ...proposal('shop', `routine-${index}`),
      at: minute(AT + 1 + Math.floor(index / 4)),
      decision: { kind: 'release', hold: 'deploy', because: 'ended' } as const,
    }));
    await desk.ports.ledger.append(routine);
    const now = () => startOf(minute(AT + 600)) as Instant;
    const { ledger, documents } = desk.ports;
    const questions = await openQuestions({ ledger, documents, now }, 'shop');
    expect(questions.map(({ entry }) => entry.id)).toEqual(['asks-1']);
    expect(await answer('approve')).toMatchObject({ kind: 'done' });
    expect(await approved()).toBe(true);
  });

  it('a no changes nothing', async () => {
    const { desk, answer, approved } = await createAsked();
    expect(await answer('reject')).toMatchObject({ kind: 'done' });
    expect(await approved()).toBe(false);
    expect(desk.soon).toEqual([]);
  });

  it('after its time, or when another target is proposed by now, does nothing and says so', async () => {
    const late = await createAsked(UNTIL);
    expect(await late.answer('approve')).toMatchObject({ kind: 'refused', because: 'expired' });
    expect(await late.approved()).toBe(false);
    const { desk, ref, record, answer, approved } = await createAsked();
    await desk.ports.records.save(ref, { ...record, askedTarget: { to: 58, until: UNTIL } });
    expect(await answer('approve')).toMatchObject({ kind: 'refused', because: 'changed-meanwhile' });
    expect(await approved()).toBe(false);
    expect(desk.soon).toEqual([]);
  });

  it('of two who press at once one wins, the other sees who, and it is approved once', async () => {
    const { desk, approved } = await createAsked();
    const office = createOffice({ perform: (action) => desk.actions.perform(action) });
    const [entry] = await desk.ports.ledger.recent({ workload: 'shop', limit: 1 });
    const { id } = await office.tell(entry!);
    await Promise.all([office.press(id, 'approve', 'UCAROL'), office.press(id, 'approve', 'UERIN')]);
    expect(await approved()).toBe(false);
    await office.work();
    expect(await approved()).toBe(true);
    expect(office.performed).toHaveLength(1);
    expect(desk.soon).toEqual(['shop-web']);
    expect(office.lastReply()).toContain('approved it already');
    expect(office.answers().map(({ refused }) => refused)).toEqual([undefined, 'already-answered']);
  });
});

describe('the directory', () => {
  it('takes the most critical tier of a workload, and the most critical of all where a tag is wrong', async () => {
    const { directory } = createDesk();
    expect(await directory.tierOf('shop')).toBe(1);
    expect(await directory.tierOf('feed')).toBe(0);
    expect(await directory.tierOf('nowhere')).toBeUndefined();
    expect(await directory.channelOf('shop')).toBe('team-shop');
  });

  it('looks once for many questions, and again after a while', async () => {
    const { ports } = createDesk();
    let looks = 0;
    let now = 0 as Instant;
    const source = {
      list: () => {
        looks += 1;
        return ports.groups.list();
      },
    };
    const directory = createDirectory([source], { now: () => now, forMs: 1_000 });
    for (const workload of ['shop', 'feed', 'shop']) await directory.tierOf(workload);
    expect(looks).toBe(1);
    now = 1_000 as Instant;
    expect(await directory.channelOf('shop')).toBe('team-shop');
    expect(looks).toBe(2);
  });

  it('goes on without a place that cannot be read, and says so where none can', async () => {
    const { ports } = createDesk();
    const away = { list: async () => Promise.reject(new Error('role missing')) };
    expect(await createDirectory([away, ports.groups]).tierOf('shop')).toBe(1);
    await expect(createDirectory([away]).tierOf('shop')).rejects.toThrow('role missing');
  });
});

describe('looking', () => {
  it('shows how groups stand, why, and what is planned, each in words', async () => {
    const desk = createDesk();
    await desk.ports.holds.place({
      kind: 'paused',
      scope: { kind: 'workload', workload: 'shop' },
      since: AT,
      by: 'alice',
    });
    const status = await desk.actions.status('shop');
    expect(status?.split('\n')).toHaveLength(2);
    expect(status).toContain('tier 1, observe; on hold: paused by alice');
    expect(await desk.actions.status()).toContain('a tag is wrong: left alone');
    expect(await desk.actions.status('nowhere')).toBeUndefined();
    await desk.ports.ledger.append([
      {
        ...proposal(),
        decision: { kind: 'target', from: 50, to: 58, owner: 50 },
        outcome: { kind: 'applied' },
      },
    ]);
    expect(await desk.actions.why('shop')).toContain('shop-web: ');
    const [group] = (await desk.ports.groups.list()).filter(({ ref }) => ref.name === 'shop-web');
    await desk.ports.records.save(group!.ref, {
      home: { minSize: 2 },
      adoptedAt: AT,
      written: [
        { name: 'evenkeel-1', start: minute(AT + 30), minSize: 9 },
        { name: 'evenkeel-0', start: minute(AT - 30), minSize: 5 },
      ],
    });
    expect(await desk.actions.plan('shop')).toContain('from 2026-05-26 09:30 UTC: at least 9');
    expect(await desk.actions.plan('shop')).not.toContain('at least 5');
  });
});
