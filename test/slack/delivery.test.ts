import { type Minute, minuteOf } from '@evenkeel/core/quantities';
import { messagesOf } from '@evenkeel/slack/messages';
import { SAMPLE_ENTRIES } from '@evenkeel/slack/samples';
import { describe, expect, it } from 'vitest';
import type { Fate } from './fake-slack.ts';
import { CHANNELS, createWorld, expectedEvent, footingLost, START, withoutLease } from './world.ts';

const AT = minuteOf(START);
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

describe('messages to Slack', () => {
  it('all go through Slack’s limits as they are', async () => {
    const world = createWorld();
    await world.queue(SAMPLE_ENTRIES);
    for (let run = 0; run < 4; run += 1) {
      world.pass(2 * MINUTE);
      await world.run();
    }
    expect(world.slack.refusals).toEqual([]);
    expect(world.slack.messages.map((each) => String(each.id)).sort()).toEqual(
      messagesOf(SAMPLE_ENTRIES)
        .map((each) => each.id)
        .sort(),
    );
  });

  it('of a workload and a day stand in one thread; what is wrong shows in the channel too', async () => {
    const world = createWorld();
    await world.queue([
      expectedEvent('shop', 'sale'),
      expectedEvent('shop', 'fair', (AT + 5) as Minute),
      footingLost('shop', { at: (AT + 9) as Minute }),
      expectedEvent('cart', 'sale'),
    ]);
    world.pass(2 * MINUTE);
    await world.run();
    await world.queue([expectedEvent('shop', 'next day', (AT + 1440) as Minute)]);
    world.pass(2 * MINUTE);
    await world.run();
    const shop = world.slack.messages.filter((each) => each.text.startsWith('shop'));
    const [root, ...rest] = shop;
    expect(root).toMatchObject({
      broadcast: false,
      text: expect.stringContaining('lost its footing') as string,
    });
    expect(root?.thread).toBeUndefined();
    expect(rest.map((each) => each.thread)).toEqual([root?.ts, root?.ts, undefined]);
    expect(rest.map((each) => each.broadcast)).toEqual([false, false, false]);
    await world.queue([footingLost('cart')]);
    world.pass(2 * MINUTE);
    await world.run();
    expect(world.slack.messages.at(-1)).toMatchObject({
      broadcast: true,
      thread: expect.any(String) as string,
    });
  });

  it('go to the channel of the tag, else of the account, else the default', async () => {
    const world = createWorld({ tagged: { shop: 'team-shop' }, accounts: { '7': 'accounts' } });
    await world.queue([
      footingLost('shop', { account: '7' }),
      footingLost('cart', { account: '7' }),
      footingLost('feed'),
    ]);
    world.pass(2 * MINUTE);
    await world.run();
    const channels = Object.fromEntries(
      world.slack.messages.map((each) => [each.text.split(':')[0], each.channel]),
    );
    expect(channels).toEqual({ shop: 'C0SHOP00', cart: 'C0ACCOUNT', feed: 'C0EVENKEEL' });
  });

  it('for a channel that does not exist go to the default channel', async () => {
    const world = createWorld({ tagged: { shop: 'no-such-channel' } });
    await world.queue([footingLost('shop')]);
    world.pass(2 * MINUTE);
    expect(await world.run()).toMatchObject({ told: 1, left: 0 });
    expect(world.slack.messages.map((each) => each.channel)).toEqual(['C0EVENKEEL']);
  });

  it('of one kind from five workloads are one message, and stragglers stand under it', async () => {
    const world = createWorld();
    await world.queue(['a', 'b', 'c', 'd', 'e', 'f'].map((workload) => footingLost(workload)));
    expect(await world.run()).toMatchObject({ told: 0, left: 6 });
    world.pass(2 * MINUTE);
    expect(await world.run()).toMatchObject({ told: 1, folded: 6, left: 0 });
    await world.queue([footingLost('g', { at: (AT + 3) as Minute })]);
    world.pass(2 * MINUTE);
    await world.run();
    const [fold, straggler] = world.slack.messages;
    expect(fold?.text).toContain('in 6 workloads at once');
    expect(straggler).toMatchObject({ thread: fold?.ts });
    expect(world.slack.messages).toHaveLength(2);
  });

  it('keep Slack’s pace instead of running into its limit', async () => {
    const world = createWorld();
    await world.queue(Array.from({ length: 20 }, (_, index) => expectedEvent('shop', `event ${index}`)));
    world.pass(2 * MINUTE);
    expect(await world.run()).toMatchObject({ told: 20, left: 0 });
    expect(world.slack.refusals).toEqual([]);
  });

  it('more than a run has time for are sent by the next runs', async () => {
    const world = createWorld();
    await world.queue(Array.from({ length: 60 }, (_, index) => expectedEvent('shop', `event ${index}`)));
    world.pass(2 * MINUTE);
    const first = await world.run();
    expect(first.left).toBeGreaterThan(0);
    expect(first.stopped).toBe('the time of this run is over');
    world.pass(MINUTE);
    expect(await world.run()).toMatchObject({ left: 0 });
    expect(world.slack.messages).toHaveLength(60);
  });
});

describe('when Slack does not answer', () => {
  it.each<Fate>(['down', 'lost', 'busy', 'limited'])(
    'a message whose first posts end "%s" is told exactly once',
    async (fate) => {
      let calls = 0;
      const world = createWorld({
        fate: (method) => {
          if (method !== 'chat.postMessage') return 'ok';
          calls += 1;
          return calls <= 2 ? fate : 'ok';
        },
      });
      await world.queue([footingLost('shop')]);
      for (let run = 0; run < 10; run += 1) {
        world.pass(2 * MINUTE);
        await world.run();
      }
      expect(world.slack.messages.map((each) => each.text)).toEqual([
        expect.stringContaining('lost its footing'),
      ]);
      expect(await world.run()).toMatchObject({ left: 0 });
    },
  );

  it('leaves Slack alone after the first failure of a run, and waits longer each time', async () => {
    let calls = 0;
    const world = createWorld({
      fate: () => {
        calls += 1;
        return 'down';
      },
    });
    await world.queue(Array.from({ length: 5 }, (_, index) => expectedEvent('shop', `event ${index}`)));
    world.pass(2 * MINUTE);
    expect(await world.run()).toMatchObject({ told: 0, left: 5, stopped: 'fetch failed' });
    expect(calls).toBe(1);
  });

  it('goes on with other channels where one is gone, however many wait for it', async () => {
    const world = createWorld({ gone: ['evenkeel'], tagged: { shop: CHANNELS['team-shop'] } });
    await world.queue([
      ...['a', 'b', 'c', 'd'].map((workload) => footingLost(workload)),
      expectedEvent('shop', 'sale'),
    ]);
    world.pass(2 * MINUTE);
    expect(await world.run()).toMatchObject({ told: 1, left: 4, refused: 'channel_not_found' });
    expect(world.slack.messages.map(({ channel }) => channel)).toEqual([CHANNELS['team-shop']]);
  });

  it('for a whole day, the message goes into the digest and is not told late', async () => {
    let down = true;
    const world = createWorld({ fate: () => (down ? 'down' : 'ok') });
    await world.queue([footingLost('shop')]);
    for (let hour = 0; hour < 27; hour += 1) {
      world.pass(HOUR);
      await world.run();
    }
    expect(await world.run()).toMatchObject({ left: 0 });
    down = false;
    world.pass(HOUR);
    await world.run();
    expect(world.slack.messages).toEqual([]);
    const { undelivered } = await import('@evenkeel/slack/delivery');
    const lines = await undelivered(world);
    expect(lines).toEqual([
      { workload: 'shop', line: expect.stringContaining('lost its footing') as string },
    ]);
    const at = minuteOf(world.clock.now());
    await world.queue([
      {
        ...footingLost('*', { at, id: 'digest' }),
        decision: { kind: 'digest', from: at, until: at, workloads: [], waiting: [], undelivered: lines },
      },
    ]);
    world.pass(2 * MINUTE);
    await world.run();
    expect(JSON.stringify(world.slack.messages[0]?.blocks)).toContain('lost its footing');
    expect(await undelivered(world)).toEqual([]);
  });

  it('and the line broke every time, a message that stands after all is not in the digest', async () => {
    let lost = true;
    const world = createWorld({
      fate: (method) => (lost ? (method === 'chat.postMessage' ? 'lost' : 'down') : 'ok'),
    });
    await world.queue([footingLost('shop')]);
    for (let hour = 0; hour < 27; hour += 1) {
      world.pass(HOUR);
      await world.run();
    }
    lost = false;
    const { undelivered } = await import('@evenkeel/slack/delivery');
    expect(world.slack.messages).toHaveLength(1);
    expect(await undelivered(world)).toEqual([]);
  });
});

describe('a run that is held up', () => {
  /** A gate that the first who comes waits at until it is opened. */
  function gate() {
    let open = () => {};
    let arrive = () => {};
    const opened = new Promise<void>((resolve) => {
      open = resolve;
    });
    const arrived = new Promise<void>((resolve) => {
      arrive = resolve;
    });
    let first = true;
    const pass = async () => {
      if (!first) return;
      first = false;
      arrive();
      await opened;
    };
    return { pass, arrived, open: () => open() };
  }

  it('keeps what it has claimed to itself for two minutes: nobody else posts what may be on its way', async () => {
    const { pass, arrived, open } = gate();
    const world = createWorld({
      through: (store) => ({
        ...store,
        write: async (collection, key, value, how) => {
          const done = await store.write(collection, key, value, how);
          const { state } = value as { state?: { kind: string } };
          if (collection === 'slack-item' && state?.kind === 'sending') await pass();
          return done;
        },
      }),
    });
    await world.queue([footingLost('shop')]);
    world.pass(2 * MINUTE);
    const held = world.run();
    await arrived;
    world.pass(40_000);
    expect(await world.run(withoutLease(world))).toMatchObject({ told: 0, left: 1 });
    open();
    expect(await held).toMatchObject({ told: 1 });
    expect(world.slack.messages).toHaveLength(1);
  });

  it('while it waits for its turn does not post any more once another may have: each stands once', async () => {
    const { pass, arrived, open } = gate();
    const world = createWorld({ whileAsleep: pass });
    await world.queue([footingLost('shop'), footingLost('cart')]);
    world.pass(2 * MINUTE);
    const held = world.run();
    await arrived;
    expect(world.slack.messages).toHaveLength(1);
    world.pass(2 * MINUTE);
    expect(await world.run(withoutLease(world))).toMatchObject({ told: 1, left: 0 });
    open();
    expect(await held).toMatchObject({ told: 1, stopped: 'this run was held up' });
    expect(world.slack.messages).toHaveLength(2);
  });
});
