import { messagesOf } from '@evenkeel/slack/messages';
import { SAMPLE_ENTRIES } from '@evenkeel/slack/samples';
import { describe, expect, it } from 'vitest';
import { createWorld, footingLost } from './world.ts';

const MINUTE = 60_000;

describe('a bot that may not read the history', () => {
  it('tells once more what was cut off, and says so', async () => {
    let calls = 0;
    const world = createWorld({
      noHistory: true,
      fate: (method) => {
        if (method !== 'chat.postMessage') return 'ok';
        calls += 1;
        return calls === 1 ? 'lost' : 'ok';
      },
    });
    await world.queue([footingLost('shop')]);
    for (let run = 0; run < 3; run += 1) {
      world.pass(3 * MINUTE);
      await world.run();
    }
    const said = world.slack.messages.map(({ blocks }) => JSON.stringify(blocks));
    expect(said.map((each) => each.includes('You may have seen this already'))).toEqual([false, true]);
  });
});

describe('a plain webhook', () => {
  it('gets every message as text alone, without buttons or blocks', async () => {
    const world = createWorld({ webhook: true });
    await world.queue(SAMPLE_ENTRIES);
    for (let run = 0; run < 4; run += 1) {
      world.pass(2 * MINUTE);
      await world.run();
    }
    expect(world.slack.refusals).toEqual([]);
    expect(world.slack.messages).toHaveLength(messagesOf(SAMPLE_ENTRIES).length);
    expect(world.slack.messages.every((each) => each.blocks.length === 0)).toBe(true);
    const proposal = world.slack.messages.find((each) => each.text.includes('change its instances'));
    expect(proposal?.text).toContain('`evenkeel approve checkout` or `evenkeel reject checkout`');
  });

  it('names only what can be done without buttons and slash commands', async () => {
    const world = createWorld({ webhook: true });
    await world.queue(SAMPLE_ENTRIES);
    for (let run = 0; run < 4; run += 1) {
      world.pass(2 * MINUTE);
      await world.run();
    }
    const texts = world.slack.messages.map(({ text }) => text);
    for (const text of texts) {
      expect(text).not.toContain('`/evenkeel');
      expect(text).not.toMatch(/\bPress\b/);
    }
    const all = texts.join('\n');
    for (const command of ['rollback checkout', 'resume checkout', 'boost checkout --end']) {
      expect(all).toContain(`\`evenkeel ${command}\``);
    }
  });

  it.each([
    ['down', 1],
    ['limited', 1],
    // It cannot be asked what stands: twice is better than not at all, and the second says so.
    ['lost', 2],
  ] as const)('whose first post ends "%s" tells %d times, never not at all', async (fate, times) => {
    let calls = 0;
    const world = createWorld({
      webhook: true,
      fate: () => {
        calls += 1;
        return calls === 1 ? fate : 'ok';
      },
    });
    await world.queue([footingLost('shop')]);
    for (let run = 0; run < 3; run += 1) {
      world.pass(2 * MINUTE);
      await world.run();
    }
    const [first = '', ...again] = world.slack.messages.map(({ text }) => text);
    expect(first).not.toContain('You may have seen this already');
    expect(again).toHaveLength(times - 1);
    for (const text of again) expect(text).toContain('You may have seen this already');
  });
});
