import { type LedgerEntry, notableSentence } from '@evenkeel/core/explain';
import { minuteOf } from '@evenkeel/core/quantities';
import { createMemoryLedger, createMemoryNotices } from '@evenkeel/engine/memory';
import { tellDirectly, watchDelivery } from '@evenkeel/slack/delivery';
import { eachOnce } from '@evenkeel/slack/messages';
import { describe, expect, it } from 'vitest';
import type { Fate } from './fake-slack.ts';
import { createWorld, expectedEvent, footingLost, START } from './world.ts';

const MINUTE = 60_000;
const AT = minuteOf(START);

/** A workspace that is down until it is said to be up, a queue, and whoever looks at it after every run. */
function createWatched() {
  let fate: Fate = 'down';
  const world = createWorld({ fate: () => fate });
  const ledger = createMemoryLedger();
  const notices = createMemoryNotices();
  const told: LedgerEntry[] = [];
  return {
    ...world,
    ledger,
    notices,
    told: () => told.map(({ decision }) => decision?.kind),
    up: () => {
      fate = 'ok';
    },
    async runs(count: number) {
      for (let run = 0; run < count; run += 1) {
        world.pass(5 * MINUTE);
        const { stopped } = await world.run();
        const { documents, outbox } = world;
        const entries = await watchDelivery(
          { documents, outbox, ledger, notices },
          world.clock.now(),
          stopped,
        );
        // As the bus does: what is told comes back as a message.
        await world.queue(entries);
        told.push(...entries);
      }
    },
  };
}

describe('a Slack that takes nothing', () => {
  it('is told to ledger and bus after half an hour, once, with how many wait; and once when it is over', async () => {
    const watched = createWatched();
    await watched.queue([footingLost('shop'), expectedEvent('cart', 'sale')]);
    await watched.runs(5);
    expect(watched.told()).toEqual([]);
    await watched.runs(20);
    expect(watched.told()).toEqual(['degraded']);
    expect(watched.ledger.all()[0]).toMatchObject({
      decision: { part: 'slack', since: AT, waiting: 2, message: 'fetch failed' },
    });
    expect(notableSentence(watched.ledger.all()[0]!.decision as never)).toContain('Slack took no messages');
    watched.up();
    await watched.runs(6);
    expect(watched.told()).toEqual(['degraded', 'recovered']);
    expect(watched.notices.published.map(({ id }) => id)).toEqual([
      `degraded/slack/${AT}`,
      `recovered/slack/${AT}`,
    ]);
    const said = watched.slack.messages.map(({ text }) => text);
    expect(said.filter((text) => text.includes('did not take'))).toHaveLength(1);
    expect(said.filter((text) => text.includes('Slack takes its messages'))).toHaveLength(1);
  });

  it('for less than half an hour is told to nobody, nor is a reminder that waits for tomorrow', async () => {
    const watched = createWatched();
    const [reminder] = eachOnce([footingLost('later')]);
    const due = (START + 20 * 60 * MINUTE) as typeof START;
    await watched.outbox.queue(reminder!, { now: watched.clock.now(), due });
    await watched.queue([footingLost('shop')]);
    await watched.runs(4);
    watched.up();
    await watched.runs(10);
    expect(watched.told()).toEqual([]);
  });
});

describe('a table that is away', () => {
  const away: LedgerEntry = {
    ...footingLost('*', { id: `degraded/table/${AT}` }),
    decision: {
      kind: 'degraded',
      part: 'table',
      since: AT,
      groups: { affected: 4, all: 4 },
      message: 'DynamoDB does not answer',
    },
  };

  it.each([{ webhook: false }, { webhook: true }])('is said past the queue, once: %o', async (options) => {
    const { slack, transport, pass } = createWorld(options);
    const said = new Set<string>();
    for (let times = 0; times < 3; times += 1) {
      expect(await tellDirectly(away, { transport, channel: 'evenkeel', said })).toBe(true);
      pass(2_000);
    }
    expect(slack.messages.map(({ text }) => text)).toEqual([expect.stringContaining('does not answer')]);
    expect(slack.refusals).toEqual([]);
  });

  it('nothing else is: it waits for the table; and what Slack did not take is tried again', async () => {
    const { slack, transport } = createWorld({ fate: () => 'down' });
    const said = new Set<string>();
    const to = { transport, channel: 'evenkeel', said };
    expect(await tellDirectly(footingLost('shop'), to)).toBe(false);
    expect(await tellDirectly(away, to)).toBe(false);
    expect(said.size).toBe(0);
    expect(slack.messages).toEqual([]);
  });
});
