import type { LedgerEntry } from '@evenkeel/core/explain';
import type { Minute } from '@evenkeel/core/quantities';
import { giveAnswer } from '@evenkeel/engine/answers';
import { describe, expect, it } from 'vitest';
import { AT, createOffice, proposal } from './people.ts';

const held: LedgerEntry = {
  id: 'hold-1',
  at: AT,
  workload: 'shop',
  group: 'shop-web',
  place: { account: '1', region: 'eu-west-1' },
  decision: { kind: 'hold', hold: 'human-override', scope: 'group', by: 'alice' },
  outcome: { kind: 'applied' },
  excuses: [],
};

/** Somebody types `evenkeel resume` with their own credentials: Slack hears nothing of it. */
const resumed = (workload: string, refused?: string): LedgerEntry => ({
  id: `answer/command-${workload}`,
  at: (AT + 2) as Minute,
  workload,
  group: '*',
  decision: { kind: 'answer', answer: 'resume', by: 'bob', ...(refused && { refused }) },
  outcome: { kind: 'applied' },
  excuses: [],
});

describe('a message of something that is over', () => {
  it.each(['shop', '*'])(
    'says who ended it on the command line (%s), and has no button for it any more',
    async (of) => {
      const office = createOffice();
      const { id } = await office.tell(held);
      expect(await office.lapse()).toBe(0);
      expect(office.shows(id)).toContain('evenkeel:release');
      office.standing.now = false;
      await office.ledger.append([resumed(of)]);
      expect(await office.lapse()).toBe(1);
      expect(office.shows(id)).toContain('Resumed by bob');
      expect(office.shows(id)).not.toContain('evenkeel:release');
      expect(office.shows(id)).toContain('evenkeel:why');
      expect(await office.lapse()).toBe(0);
    },
  );

  it('says that it is over where its time was up, or whoever tried to end it was refused', async () => {
    const office = createOffice();
    const { id } = await office.tell(held);
    office.standing.now = false;
    await office.ledger.append([resumed('shop', 'not-allowed')]);
    expect(await office.lapse()).toBe(1);
    expect(office.shows(id)).toContain('Over, as of ');
    expect(office.shows(id)).not.toContain('evenkeel:release');
  });

  it('says it once where its own button ended it', async () => {
    const office = createOffice();
    const { id } = await office.tell(held);
    await office.press(id, 'release', 'UCAROL');
    await office.work();
    office.standing.now = false;
    expect(await office.lapse()).toBe(0);
    expect(office.shows(id)).toContain('Released by <@UCAROL>');
    expect(office.shows(id)).not.toContain('Over');
  });
});

describe('a message of a change that can be rolled back', () => {
  const changed: LedgerEntry = {
    ...proposal('shop', 'target-1'),
    decision: { kind: 'target', from: 50, to: 55, owner: 50 },
    outcome: { kind: 'applied' },
  };

  it('says who rolled it back on the command line, while the change still stands, and cannot be pressed any more', async () => {
    const office = createOffice();
    const { id } = await office.tell(changed);
    expect(await office.lapse()).toBe(0);
    expect(office.shows(id)).toContain('evenkeel:roll-back');
    const answered = await giveAnswer(office.answering, {
      answer: 'roll-back',
      by: 'bob',
      subject: { workload: 'shop', group: 'shop-web', entry: changed.id },
      action: { kind: 'roll-back', workload: 'shop', entry: changed.id, by: 'bob' },
      words: 'rollback shop',
      request: 'command/1',
    });
    expect(answered.kind).toBe('done');
    expect(await office.lapse()).toBe(1);
    expect(office.shows(id)).toContain('Rolled back by bob');
    expect(office.shows(id)).not.toContain('evenkeel:roll-back');
    expect(office.shows(id)).toContain('evenkeel:pause');
    expect(await office.lapse()).toBe(0);
  });

  it('says that it is over where the target went back by itself', async () => {
    const office = createOffice();
    const { id } = await office.tell(changed);
    office.standing.now = false;
    expect(await office.lapse()).toBe(1);
    expect(office.shows(id)).toContain('Over, as of ');
    expect(office.shows(id)).not.toContain('evenkeel:roll-back');
  });

  it('says it once where its own button did', async () => {
    const office = createOffice();
    const { id } = await office.tell(changed);
    await office.press(id, 'roll-back', 'UCAROL');
    await office.work();
    office.standing.now = false;
    expect(await office.lapse()).toBe(0);
    expect(office.shows(id)).toContain('Rolled back by <@UCAROL>');
  });
});
