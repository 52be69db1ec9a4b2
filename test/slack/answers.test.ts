import type { LedgerEntry } from '@evenkeel/core/explain';
import type { Instant, Minute } from '@evenkeel/core/quantities';
import { doWork } from '@evenkeel/slack/answers';
import { describe, expect, it } from 'vitest';
import type { Fate } from './fake-slack.ts';
import { AT, createOffice, proposal } from './people.ts';
import { START } from './world.ts';

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
    await office.press(reminder!.id!, 'approve', 'UERIN');
    await office.work();
    expect(office.performed).toMatchObject([{ kind: 'approve', entry: 'proposal-1', by: 'slack:UERIN' }]);
    for (const each of [id, reminder!.id!]) expect(office.shows(each)).toContain('Approved by <@UERIN>');
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

describe('who may', () => {
  it.each([
    ['shop', 'UCAROL', true],
    ['shop', 'UDAVE', false],
    ['core', 'UDAVE', true],
    ['core', 'UCAROL', false],
    ['batch', 'UCAROL', false],
  ])('of workload %s: %s %s', async (workload, user, allowed) => {
    const office = createOffice();
    const { id } = await office.tell(proposal(workload));
    await office.press(id, 'approve', user);
    await office.work();
    expect(office.performed).toHaveLength(allowed ? 1 : 0);
    if (allowed) return;
    expect(office.lastReply()).toMatch(/^Sorry, answers for tier \d are for /);
    expect(office.answers()).toMatchObject([{ by: `slack:${user}`, refused: 'not-allowed' }]);
    expect(office.shows(id)).toContain('evenkeel:approve');
  });

  it('nobody of a group whose members cannot be read', async () => {
    const office = createOffice({ fate: (method) => (method === 'usergroups.users.list' ? 'down' : 'ok') });
    const { id } = await office.tell(proposal('core'));
    await office.press(id, 'approve', 'UDAVE');
    await office.work();
    expect(office.performed).toEqual([]);
  });

  it('pauses everything: the people of tier 0', async () => {
    const office = createOffice();
    await office.command('pause --all', 'UCAROL');
    await office.command('pause --all --for 2h', 'UDAVE');
    await office.work();
    expect(office.performed).toMatchObject([{ kind: 'pause', by: 'slack:UDAVE', until: AT + 120 }]);
    expect(office.performed[0]).not.toHaveProperty('workload');
  });
});

describe('a slash command', () => {
  it('is acknowledged privately at once and answered behind', async () => {
    const office = createOffice();
    const ack = await office.command('status', 'UANYBODY');
    expect(ack.status).toBe(200);
    expect(JSON.parse(ack.body)).toEqual({
      response_type: 'ephemeral',
      text: 'One moment: `/evenkeel status`',
    });
    await office.work();
    expect(office.slack.replies[0]?.body).toMatchObject({
      response_type: 'ephemeral',
      text: '```\nstatus of all\n```',
    });
  });

  it.each([
    ['why shop', 'shop is at 14 because &lt;need&gt; is 12'],
    ['plan shop', 'plan of shop'],
    ['status nowhere', 'No group carries the workload `nowhere`.'],
    ['help', 'hands off: pending floors are taken away'],
    ['fly', 'There is no `fly`'],
    ['approve shop', 'Nothing waits for an answer in `shop`.'],
    ['boost <!channel>', '`--add` is a number of instances'],
    ['pause <!channel>', 'No group carries the workload `&lt;!channel&gt;` now.'],
  ])('"%s" is answered for everybody', async (text, reply) => {
    const office = createOffice();
    await office.command(text, 'UANYBODY');
    await office.work();
    expect(office.lastReply()).toContain(reply);
    expect(office.lastReply()).not.toContain('<!channel');
    expect(office.performed).toEqual([]);
  });

  it.each([
    [
      'pause shop --for 4h --note "load test"',
      { kind: 'pause', workload: 'shop', until: AT + 240, note: 'load test' },
    ],
    ['resume shop', { kind: 'resume', workload: 'shop' }],
    ['boost shop --add 4 --for 2h', { kind: 'boost', workload: 'shop', add: 4, until: AT + 120 }],
    ['boost shop --end', { kind: 'end-boost', workload: 'shop' }],
    [
      'expect shop --name sale --factor 3 --from 2026-11-27T09:00 --until 2026-11-27T18:00',
      { kind: 'expect', workload: 'shop', name: 'sale', factor: 3, from: 29_929_500, until: 29_930_040 },
    ],
  ])('"%s" is done and recorded', async (text, action) => {
    const office = createOffice();
    await office.command(text, 'UCAROL');
    await office.work();
    expect(office.performed).toEqual([{ ...action, by: 'slack:UCAROL' }]);
    expect(office.answers()).toMatchObject([{ by: 'slack:UCAROL', words: text }]);
    expect(office.lastReply()).toBe(`Done: ${action.kind}.`);
  });

  it('approves the one thing that waits, and asks which where there are several', async () => {
    const office = createOffice();
    const { id } = await office.tell(proposal());
    await office.command('approve shop', 'UCAROL');
    await office.work();
    expect(office.performed).toMatchObject([{ kind: 'approve', entry: 'proposal-1' }]);
    expect(office.shows(id)).toContain('Approved by <@UCAROL>');
    const second = await office.tell(proposal('shop', 'proposal-2'));
    await office.tell(proposal('shop', 'proposal-3'));
    await office.command('approve shop', 'UCAROL');
    await office.work();
    expect(office.lastReply()).toContain('2 things wait for an answer');
    await office.command(`approve shop ${second.id.slice(0, 8)}`, 'UCAROL');
    await office.work();
    expect(office.performed.at(-1)).toMatchObject({ kind: 'approve', entry: 'proposal-2' });
  });

  it('answers where Slack was down when the message should have been told', async () => {
    const office = createOffice();
    await office.ledger.append([proposal()]);
    await office.command('approve shop', 'UCAROL');
    await office.work();
    expect(office.performed).toMatchObject([{ kind: 'approve', entry: 'proposal-1' }]);
  });
});

describe('the acknowledgement', () => {
  it('comes within three seconds though each call to Slack takes one and each to the store a fifth', async () => {
    let slow = false;
    const office = createOffice({
      fate: () => {
        if (slow) office.pass(1_000);
        return 'ok';
      },
      through: (documents) => ({
        ...documents,
        write: (...args) => {
          if (slow) office.pass(200);
          return documents.write(...args);
        },
      }),
    });
    const { id } = await office.tell(proposal());
    slow = true;
    for (const ask of [
      () => office.press(id, 'reject', 'UCAROL'),
      () => office.press(id, 'approve', 'UCAROL'),
      () => office.submitReason(id, 'no', 'UCAROL'),
      () => office.command('pause --all', 'UDAVE'),
    ]) {
      const asked = office.clock.now();
      expect((await ask()).status).toBe(200);
      expect(office.clock.now() - asked).toBeLessThan(3_000);
    }
    expect(office.slack.views).toHaveLength(1);
  });
});

describe('a request that is not genuine', () => {
  it('replayed is refused, and changes nothing', async () => {
    const office = createOffice();
    const request = office.slack.signed(
      new URLSearchParams({ command: '/evenkeel', text: 'pause shop', user_id: 'UCAROL' }).toString(),
    );
    expect((await office.send(request)).status).toBe(200);
    expect(await office.send(request)).toEqual({ status: 401, body: '', refused: 'replayed' });
    await office.work();
    expect(office.performed).toHaveLength(1);
  });

  it('old, forged or unsigned is refused before it is read', async () => {
    const office = createOffice();
    const body = new URLSearchParams({
      command: '/evenkeel',
      text: 'pause shop',
      user_id: 'UCAROL',
    }).toString();
    const old = office.slack.signed(body, (START - 6 * 60_000) as Instant);
    const forged = { ...office.slack.signed(body), body: `${body}&x=1` };
    expect((await office.send(old)).refused).toBe('stale');
    expect((await office.send(forged)).refused).toBe('forged');
    expect((await office.send({ body, headers: {} })).refused).toBe('unsigned');
    expect(office.queue).toEqual([]);
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
