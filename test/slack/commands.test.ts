import { describe, expect, it } from 'vitest';
import { AT, createOffice, proposal } from './people.ts';

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
