import type { LedgerEntry } from '@evenkeel/core/explain';
import type { Minute } from '@evenkeel/core/quantities';
import { giveAnswer } from '@evenkeel/engine/answers';
import { doWork } from '@evenkeel/slack/answers';
import { describe, expect, it } from 'vitest';
import type { Fate } from './fake-slack.ts';
import { AT, createOffice, proposal } from './people.ts';

const DAY = 24 * 3_600_000;

describe('a button', () => {
  it('is acknowledged before anything is done; then it is done, recorded and shown to all', async () => {
    const office = createOffice();
    const { id } = await office.tell(proposal());
    expect(await office.press(id, 'approve', 'UCAROL')).toEqual({ status: 200, body: '' });
    expect(office.performed).toEqual([]);
    await office.work();
    expect(office.performed).toEqual([
      { kind: 'approve', workload: 'shop', entry: 'proposal-1', by: 'slack:UCAROL' },
    ]);
    expect(office.answers()).toEqual([
      { kind: 'answer', answer: 'approve', by: 'slack:UCAROL', to: 'proposal-1' },
    ]);
    expect(office.notices.published).toHaveLength(1);
    expect(office.shows(id)).toContain('Approved by <@UCAROL>');
    expect(office.shows(id)).not.toContain('evenkeel:approve');
    expect(office.shows(id)).toContain('evenkeel:why');
    expect(office.slack.refusals).toEqual([]);
  });

  it('pressed by two at once: one wins, both see who', async () => {
    const office = createOffice();
    const { id } = await office.tell(proposal());
    await office.press(id, 'approve', 'UCAROL');
    await office.press(id, 'approve', 'UERIN');
    await Promise.all(office.queue.splice(0).map((work) => doWork(office.answering, work)));
    await office.work();
    expect(office.performed).toHaveLength(1);
    const winner = office.performed[0]?.by.replace('slack:', '');
    expect(office.shows(id)).toContain(`Approved by <@${winner}>`);
    expect(office.slack.replies.map((each) => each.body.text)).toEqual([
      expect.stringContaining(`<@${winner}> approved it already`),
    ]);
    expect(office.answers().map((each) => each.refused)).toContain('already-answered');
  });

  it('approve after reject, or the other way round, changes nothing', async () => {
    const office = createOffice();
    const { id } = await office.tell(proposal());
    await office.submitReason(id, 'not before Christmas', 'UCAROL');
    await office.work();
    await office.press(id, 'approve', 'UERIN');
    await office.work();
    expect(office.performed.map((each) => each.kind)).toEqual(['reject']);
    expect(office.shows(id)).toContain('Rejected by <@UCAROL>');
    expect(office.shows(id)).toContain('not before Christmas');
  });

  it('delivered twice by the queue counts once', async () => {
    const office = createOffice();
    const { id } = await office.tell(proposal());
    await office.press(id, 'approve', 'UCAROL');
    office.queue.push(...office.queue);
    await office.work();
    expect(office.performed).toHaveLength(1);
    expect(office.answers()).toHaveLength(1);
    expect(office.slack.replies).toEqual([]);
  });

  it('whose work dies half-way is done by the next delivery', async () => {
    let tries = 0;
    const office = createOffice({
      perform: async () => {
        tries += 1;
        if (tries === 1) throw new Error('the table is away');
        return { kind: 'done', said: 'Done.' };
      },
    });
    const { id } = await office.tell(proposal());
    await office.press(id, 'approve', 'UCAROL');
    const [work] = office.queue.splice(0);
    await expect(doWork(office.answering, work!)).rejects.toThrow('the table is away');
    expect(office.answers()).toEqual([]);
    office.queue.push(work!);
    await office.work();
    expect(office.answers()).toHaveLength(1);
    expect(office.shows(id)).toContain('Approved by <@UCAROL>');
  });

  it('of an offer that has ended does nothing, and the message says so', async () => {
    const office = createOffice();
    const { id } = await office.tell(proposal());
    expect(await office.lapse()).toBe(0);
    office.pass(3 * DAY);
    await office.press(id, 'approve', 'UCAROL');
    await office.work();
    expect(office.performed).toEqual([]);
    expect(office.lastReply()).toContain('That offer has ended');
    expect(office.answers().map((each) => each.refused)).toEqual(['expired']);
    expect(await office.lapse()).toBe(1);
    expect(office.shows(id)).toContain('nobody answered, nothing was written');
    expect(await office.lapse()).toBe(0);
  });

  it('is shown to all where it was given on the command line, once, and the question is not asked again', async () => {
    const office = createOffice();
    const { id } = await office.tell(proposal());
    await office.press(id, 'snooze', 'UCAROL');
    await office.work();
    await giveAnswer(office.answering, {
      answer: 'approve',
      by: 'arn:aws:iam::1:user/bob',
      subject: { workload: 'shop', group: 'shop-web', entry: 'proposal-1' },
      action: { kind: 'approve', workload: 'shop', entry: 'proposal-1', by: 'arn:aws:iam::1:user/bob' },
      request: 'cli-1',
    });
    expect(await office.lapse()).toBe(1);
    expect(office.shows(id)).toContain('Approved by arn:aws:iam::1:user/bob');
    expect(office.shows(id)).not.toContain('evenkeel:approve');
    expect(await office.lapse()).toBe(0);
    office.pass(DAY);
    await office.run();
    expect(office.slack.messages).toHaveLength(1);
  });

  it('that the message does not offer, or of a message nobody knows, does nothing', async () => {
    const office = createOffice();
    const { id } = await office.tell(proposal());
    await office.press(id, 'roll-back', 'UCAROL');
    await office.press('0'.repeat(30), 'approve', 'UCAROL');
    await office.work();
    expect(office.performed).toEqual([]);
    expect(office.slack.replies.map((each) => each.body.text)).toEqual([
      'That is not offered here.',
      expect.stringContaining('too old to be answered'),
    ]);
  });

  it('refused by Evenkeel itself stays open, and says why', async () => {
    const office = createOffice({
      perform: async () => ({
        kind: 'refused',
        because: 'changed-meanwhile',
        said: 'The group has changed by 20 % since.',
      }),
    });
    const { id } = await office.tell(proposal());
    await office.press(id, 'approve', 'UCAROL');
    await office.work();
    expect(office.lastReply()).toBe('The group has changed by 20 % since.');
    expect(office.answers().map((each) => each.refused)).toEqual(['changed-meanwhile']);
    expect(office.shows(id)).toContain('evenkeel:approve');
  });

  it('"why" answers everybody privately and changes nothing', async () => {
    const office = createOffice();
    const { id } = await office.tell(proposal());
    await office.press(id, 'why', 'UANYBODY');
    await office.work();
    expect(office.lastReply()).toContain('shop is at 14 because &lt;need&gt; is 12');
    expect(office.answers()).toEqual([]);
    expect(office.slack.withId(id)[0]?.updates).toBe(0);
  });
});

describe('a rejection', () => {
  it('asks for the reason in a dialog that opens within three seconds', async () => {
    const office = createOffice();
    const { id } = await office.tell(proposal());
    await office.press(id, 'reject', 'UCAROL');
    expect(office.queue).toEqual([]);
    expect(office.slack.views).toMatchObject([{ private_metadata: id, callback_id: 'evenkeel:reason' }]);
    await office.submitReason(id, 'not now', 'UCAROL');
    await office.work();
    expect(office.performed).toMatchObject([{ kind: 'reject', reason: 'not now' }]);
    expect(office.answers()).toMatchObject([{ answer: 'reject', reason: 'not now' }]);
  });

  it('counts without a reason where the dialog does not open', async () => {
    const office = createOffice({ fate: (method): Fate => (method === 'views.open' ? 'down' : 'ok') });
    const { id } = await office.tell(proposal());
    await office.press(id, 'reject', 'UCAROL');
    await office.work();
    expect(office.performed.map((each) => each.kind)).toEqual(['reject']);
  });
});

describe('snooze', () => {
  it('asks again the next day, and an answer then settles both messages', async () => {
    const office = createOffice();
    const { id } = await office.tell(proposal());
    await office.press(id, 'snooze', 'UCAROL');
    await office.work();
    expect(office.shows(id)).toContain('Put off until tomorrow by <@UCAROL>');
    office.pass(DAY - 60_000);
    await office.run();
    expect(office.slack.messages).toHaveLength(1);
    office.pass(120_000);
    await office.run();
    const reminder = office.slack.messages[1];
    expect(reminder?.id).not.toBe(id);
    office.pass(120_000);
    await office.run();
    expect(office.shows(reminder!.id!)).toContain('evenkeel:approve');
    expect(office.shows(reminder!.id!)).not.toContain('Put off');
    await office.press(reminder!.id!, 'approve', 'UERIN');
    await office.work();
    expect(office.performed).toMatchObject([{ kind: 'approve', entry: 'proposal-1', by: 'slack:UERIN' }]);
    for (const each of [id, reminder!.id!]) expect(office.shows(each)).toContain('Approved by <@UERIN>');
  });

  it('asks nobody again who has been answered meanwhile', async () => {
    const office = createOffice();
    const { id } = await office.tell(proposal());
    await office.press(id, 'snooze', 'UCAROL');
    await office.work();
    await office.command('approve shop', 'UERIN');
    await office.work();
    expect(office.shows(id)).toContain('Approved by <@UERIN>');
    office.pass(DAY);
    await office.run();
    expect(office.slack.messages).toHaveLength(1);
  });

  it('comes too late for what is answered: the message goes on to say by whom', async () => {
    const office = createOffice();
    const { id } = await office.tell(proposal());
    await office.press(id, 'approve', 'UERIN');
    await office.press(id, 'snooze', 'UCAROL');
    await office.work();
    expect(office.lastReply()).toContain('<@UERIN> approved it already');
    expect(office.shows(id)).toContain('Approved by <@UERIN>');
    expect(office.answers()).toMatchObject([
      { answer: 'approve' },
      { answer: 'snooze', refused: 'already-answered' },
    ]);
    office.pass(DAY);
    await office.run();
    expect(office.slack.messages).toHaveLength(1);
  });

  it('is not possible where the offer ends before', async () => {
    const office = createOffice();
    const { id } = await office.tell(proposal());
    office.pass(2 * DAY + 3_600_000);
    await office.press(id, 'snooze', 'UCAROL');
    await office.work();
    expect(office.lastReply()).toContain('The offer ends before tomorrow');
  });
});

describe('every button of every message', () => {
  it('does something that can be told from the others', async () => {
    const boost: LedgerEntry = {
      ...proposal('shop', 'boost-1'),
      decision: {
        kind: 'boost',
        floorBefore: 4,
        floorNow: 8,
        until: (AT + 60) as Minute,
        source: 'command',
        by: 'slack:U1',
      },
      outcome: { kind: 'applied' },
    };
    const hold: LedgerEntry = {
      ...proposal('shop', 'hold-1'),
      decision: { kind: 'hold', hold: 'human-override', scope: 'group', by: 'alice' },
      outcome: { kind: 'applied' },
    };
    const office = createOffice();
    for (const [entry, button, kind, shown] of [
      [boost, 'end-boost', 'end-boost', 'Boost ended by'],
      [hold, 'release', 'release', 'Released by'],
    ] as const) {
      const { id } = await office.tell(entry);
      await office.press(id, button, 'UCAROL');
      await office.work();
      expect(office.performed.at(-1)).toMatchObject({ kind, workload: 'shop', entry: entry.id });
      expect(office.shows(id)).toContain(shown);
    }
  });
});
