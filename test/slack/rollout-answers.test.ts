import type { LedgerEntry, ShapeDecision } from '@evenkeel/core/explain';
import { type Minute, minuteOf } from '@evenkeel/core/quantities';
import { createMemoryPorts, plainGroup } from '@evenkeel/engine/memory';
import type { WakeRollout } from '@evenkeel/engine/ports';
import { createApprovals } from '@evenkeel/engine/rollout';
import { createActions, createDirectory } from '@evenkeel/slack/answers';
import { SAMPLE_ENTRIES } from '@evenkeel/slack/samples';
import { describe, expect, it } from 'vitest';
import { createOffice, proposal } from './people.ts';
import { START } from './world.ts';

const AT = minuteOf(START);
const DAY = 24 * 3_600_000;
const PLAN = 'review/shop-web/shape';

/** One of the samples' decisions, of the workload and rollout of these tests. */
function told<K extends ShapeDecision['kind']>(kind: K, id: string): LedgerEntry {
  const sample = SAMPLE_ENTRIES.find((entry) => entry.decision?.kind === kind)!;
  const rollout = 'rollout' in sample.decision! ? { rollout: PLAN } : {};
  return {
    ...proposal('shop', id),
    decision: {
      ...(sample.decision as Extract<ShapeDecision, { kind: K }>),
      ...rollout,
      ...(kind === 'shape-proposed' && { expires: (AT + 3 * 1440) as Minute }),
    },
    outcome: kind === 'shape-proposed' ? { kind: 'told', because: 'asks' } : { kind: 'applied' },
  };
}

const PROPOSED = told('shape-proposed', PLAN);

/** A workspace whose answers go to the engine's approvals, and a rollout that waits for them. */
function createYard(mode: 'asks' | 'auto' | 'not-begun' = 'asks') {
  const ports = createMemoryPorts({ now: () => minuteOf(office.clock.now()) });
  const approvals = createApprovals(ports.documents);
  const woken: string[] = [];
  const wanted: string[] = [];
  const wake: WakeRollout = async ({ callback }) => {
    if (callback !== undefined) woken.push(callback);
  };
  ports.groups.set(plainGroup('shop-web', { tags: { 'evenkeel:workload': 'shop', 'evenkeel:tier': '1' } }));
  const office = createOffice({
    perform: (action) =>
      createActions({
        ports: { ...ports, ledger: office.ledger },
        directory: createDirectory([ports.groups]),
        now: office.clock.now,
        soon: async () => undefined,
        approvals,
        wake,
        wantTargetBack: async ({ name }, by) => {
          wanted.push(`${name} by ${by}`);
          return { kind: 'given-back', until: (AT + 14 * 1440) as Minute };
        },
      }).perform(action),
  });
  const register = (state: 'running' | 'ended') =>
    ports.documents.write('rollouts', PLAN, { state, execution: 'one', seenAt: AT }, { expected: 0 });
  const ask = () =>
    approvals.ask({ id: PLAN, askedAt: AT, expires: (AT + 3 * 1440) as Minute, callback: 'call-me' });
  const ready = (async () => {
    if (mode === 'asks') await ask();
    if (mode !== 'not-begun') await register('running');
  })();
  return { ...office, office, ports, approvals, woken, wanted, ask, register, ready };
}

describe('a change of shape that asks, answered in Slack', () => {
  it('by a press: the rollout finds the yes and is woken, the message says who, the ledger has it', async () => {
    const { office, approvals, woken, ready } = createYard();
    await ready;
    const { id } = await office.tell(PROPOSED);
    await office.press(id, 'approve', 'UCAROL');
    await office.work();
    expect(await approvals.read(PLAN)).toMatchObject({ state: 'approved', by: 'slack:UCAROL' });
    expect(woken).toEqual(['call-me']);
    expect(office.shows(id)).toContain('Approved by <@UCAROL>');
    expect(office.answers()).toMatchObject([{ answer: 'approve', to: PLAN, by: 'slack:UCAROL' }]);
  });

  it('with a no and its reason', async () => {
    const { office, approvals, woken, ready } = createYard();
    await ready;
    const { id } = await office.tell(PROPOSED);
    await office.press(id, 'reject', 'UCAROL');
    await office.submitReason(id, 'not before Christmas', 'UCAROL');
    await office.work();
    expect(await approvals.read(PLAN)).toMatchObject({ state: 'rejected', by: 'slack:UCAROL' });
    expect(woken).toEqual(['call-me']);
    expect(office.answers()).toMatchObject([{ answer: 'reject', reason: 'not before Christmas' }]);
    expect(office.shows(id)).toContain('not before Christmas');
  });

  it('by two at once: one counts, the other is told who, and the rollout is woken once', async () => {
    const { office, approvals, woken, ready } = createYard();
    await ready;
    const { id } = await office.tell(PROPOSED);
    await office.press(id, 'approve', 'UCAROL');
    await office.command('reject shop --note later', 'UERIN');
    await office.work();
    expect(await approvals.read(PLAN)).toMatchObject({ state: 'approved', by: 'slack:UCAROL' });
    expect(woken).toEqual(['call-me']);
    expect(office.lastReply()).toBe('Nothing waits for an answer in `shop`.');
    await office.press(id, 'approve', 'UERIN');
    await office.work();
    expect(office.lastReply()).toContain('<@UCAROL> approved it already');
    expect(woken).toEqual(['call-me']);
  });

  it('where the command line was faster: nothing is changed, and Slack says so', async () => {
    const { office, approvals, ready } = createYard();
    await ready;
    const { id } = await office.tell(PROPOSED);
    await approvals.answer(PLAN, { answer: 'rejected', by: 'alice', at: AT });
    await office.press(id, 'approve', 'UCAROL');
    await office.work();
    expect(await approvals.read(PLAN)).toMatchObject({ state: 'rejected', by: 'alice' });
    expect(office.lastReply()).toContain('not open any more');
    expect(office.answers()).toMatchObject([{ refused: 'already-answered' }]);
  });

  it('before the rollout has asked: it finds its question answered when it does', async () => {
    const { office, ask, ready } = createYard('not-begun');
    await ready;
    await office.tell(PROPOSED);
    await office.command('approve shop', 'UCAROL');
    await office.work();
    expect(office.lastReply()).toContain('Approved');
    expect(await ask()).toMatchObject({ state: 'approved', by: 'slack:UCAROL', callback: 'call-me' });
  });

  it('after its time: nothing happens, and the message says that it has lapsed', async () => {
    const { office, approvals, woken, ready } = createYard();
    await ready;
    const { id } = await office.tell(PROPOSED);
    office.pass(3 * DAY);
    await office.press(id, 'approve', 'UCAROL');
    await office.work();
    expect(await approvals.read(PLAN)).toMatchObject({ state: 'open' });
    expect(woken).toEqual([]);
    expect(office.lastReply()).toContain('That offer has ended');
    expect(await office.lapse()).toBe(1);
    expect(office.shows(id)).toContain('nobody answered, nothing was written');
  });

  it('by somebody who may not: refused politely, recorded, still open', async () => {
    const { office, approvals, ready } = createYard();
    await ready;
    const { id } = await office.tell(PROPOSED);
    await office.press(id, 'approve', 'UDAVE');
    await office.work();
    expect(await approvals.read(PLAN)).toMatchObject({ state: 'open' });
    expect(office.lastReply()).toContain('Sorry, answers for tier 1 are for <@UCAROL>, <@UERIN>');
    expect(office.answers()).toMatchObject([{ refused: 'not-allowed' }]);
    expect(office.shows(id)).toContain('evenkeel:approve');
  });

  it('with the table away: the same press counts when it is there again', async () => {
    const yard = createYard();
    await yard.ready;
    const { id } = await yard.office.tell(PROPOSED);
    let away = true;
    const { write } = yard.ports.documents;
    Object.assign(yard.ports.documents, {
      write: async (...args: Parameters<typeof write>) => {
        if (away && args[0] === 'approvals') throw new Error('the table is away');
        return write(...args);
      },
    });
    await yard.office.press(id, 'approve', 'UCAROL');
    const [work] = yard.office.queue;
    await expect(yard.office.work()).rejects.toThrow('the table is away');
    away = false;
    yard.office.queue.push(work!);
    await yard.office.work();
    expect(await yard.approvals.read(PLAN)).toMatchObject({ state: 'approved', by: 'slack:UCAROL' });
    expect(yard.woken).toEqual(['call-me']);
  });
});

describe('a changed target, wanted back from Slack', () => {
  const changed: LedgerEntry = {
    ...proposal('shop', 'changed'),
    group: 'shop-web',
    place: plainGroup('shop-web').ref,
    decision: { kind: 'target', from: 50, to: 55, owner: 50 },
    outcome: { kind: 'applied' },
  };

  it.each(['press', 'command'] as const)('by %s: handed to whoever works on the group, once', async (way) => {
    const { office, wanted } = createYard();
    const { id } = await office.tell(changed);
    if (way === 'press') await office.press(id, 'roll-back', 'UCAROL');
    else await office.command('rollback shop', 'UCAROL');
    await office.work();
    await office.press(id, 'roll-back', 'UERIN');
    await office.work();
    expect(wanted).toEqual(['shop-web by slack:UCAROL']);
    expect(office.shows(id)).toContain('Rolled back by <@UCAROL>');
    expect(office.lastReply()).toContain('<@UCAROL> rolled it back already');
  });

  it('is asked which, where a change of shape is under way as well', async () => {
    const { office, ready } = createYard();
    await ready;
    await office.tell(changed);
    await office.tell(told('shape-started', 'started'));
    await office.command('rollback shop', 'UCAROL');
    await office.work();
    expect(office.lastReply()).toContain('2 changes can be taken back');
    expect(office.answers()).toEqual([]);
  });
});

describe('a change of shape under way, wanted back from Slack', () => {
  it.each(['asks', 'auto'] as const)('where the mode %s: the rollout hears of it', async (mode) => {
    const { office, approvals, ready } = createYard(mode);
    await ready;
    const { id } = await office.tell(told('shape-started', 'started'));
    await office.press(id, 'roll-back', 'UCAROL');
    await office.work();
    expect(await approvals.read(PLAN)).toMatchObject({ rollBackBy: 'slack:UCAROL' });
    expect(office.shows(id)).toContain('Rolled back by <@UCAROL>');
  });

  it('from two of its messages: one counts, and the other message says who', async () => {
    const { office, approvals, ready } = createYard();
    await ready;
    const started = await office.tell(told('shape-started', 'started'));
    const verdict = await office.tell(told('canary-verdict', 'verdict'));
    await office.press(verdict.id, 'roll-back', 'UERIN');
    await office.press(started.id, 'roll-back', 'UCAROL');
    await office.work();
    expect(await approvals.read(PLAN)).toMatchObject({ rollBackBy: 'slack:UERIN' });
    for (const { id } of [started, verdict]) expect(office.shows(id)).toContain('Rolled back by <@UERIN>');
    expect(office.lastReply()).toContain('<@UERIN> rolled it back already');
  });

  it('by command', async () => {
    const { office, approvals, ready } = createYard();
    await ready;
    const { id } = await office.tell(told('shape-started', 'started'));
    await office.command('rollback shop', 'UCAROL');
    await office.work();
    expect(await approvals.read(PLAN)).toMatchObject({ rollBackBy: 'slack:UCAROL' });
    expect(office.shows(id)).toContain('Rolled back by <@UCAROL>');
    expect(office.lastReply()).toContain('shop goes back to its old instances');
  });

  it('where nothing is under way: says so and changes nothing', async () => {
    const { office, approvals, ready } = createYard();
    await ready;
    await office.tell(told('shape-started', 'started'));
    await office.tell({ ...told('shape-rolled-back', 'back'), at: (AT + 60) as Minute });
    await office.command('rollback shop', 'UCAROL');
    await office.work();
    expect(office.lastReply()).toContain('There is no change to take back in `shop`');
    expect((await approvals.read(PLAN))?.rollBackBy).toBeUndefined();
  });
});
