import { describe, expect, it } from 'vitest';
import { createWorld, footingLost } from './world.ts';

const MINUTE = 60_000;

describe('a chart', () => {
  const png = Buffer.from('89504e470d0a1a0a', 'hex');

  it('is drawn under the text after the text stands', async () => {
    const world = createWorld({ chart: png });
    await world.queue([footingLost('shop')]);
    world.pass(2 * MINUTE);
    await world.run();
    const [message] = world.slack.messages;
    expect(message?.updates).toBe(1);
    const types = message?.blocks.map((block) => block.type);
    expect(types).toContain('image');
    expect(types?.indexOf('image')).toBeLessThan(types?.indexOf('actions') ?? 0);
    expect(world.slack.refusals).toEqual([]);
  });

  it('that cannot be uploaded never costs the message, and is left out in the end', async () => {
    const world = createWorld({ chart: png, fate: (method) => (method.startsWith('files') ? 'down' : 'ok') });
    await world.queue([footingLost('shop')]);
    for (let run = 0; run < 8; run += 1) {
      world.pass(20 * MINUTE);
      await world.run();
    }
    expect(world.slack.messages).toHaveLength(1);
    expect(await world.run()).toMatchObject({ left: 0 });
  });
});

describe('a chart whose source is away', () => {
  it('keeps no message waiting, and is left out in the end', async () => {
    const world = createWorld({ chart: new Error('CloudWatch is away') });
    await world.queue([footingLost('shop'), footingLost('cart')]);
    world.pass(2 * MINUTE);
    expect(await world.run()).toMatchObject({ told: 2, left: 2 });
    for (let run = 0; run < 4; run += 1) {
      world.pass(20 * MINUTE);
      await world.run();
    }
    expect(await world.run()).toMatchObject({ left: 0 });
  });
});
