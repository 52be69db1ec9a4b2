import { type Minute, startOf } from '@evenkeel/core/quantities';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { reviewSlotAt, reviewSlotOf } from './review-slot.ts';
import { isStale, ShardMessage, shardsOf } from './shard.ts';

const PLACE = { account: '111111111111', region: 'eu-west-1' };
const AT = 29_742_240 as Minute;
const HOURS = { from: 0, until: 6 };
const names = fc.uniqueArray(fc.string({ minLength: 1, maxLength: 20 }), { maxLength: 450 });

describe('shards', () => {
  test('every group is in exactly one shard, and no shard is too large', () => {
    fc.assert(
      fc.property(names, (groups) => {
        const shards = shardsOf('tick', PLACE, groups, AT);
        expect(shards.flatMap((shard) => shard.groups).sort()).toEqual([...groups].sort());
        for (const shard of shards) expect(shard.groups.length).toBeLessThanOrEqual(100);
      }),
    );
  });

  test('every shard is the first one once in as many ticks as there are shards', () => {
    const groups = Array.from({ length: 450 }, (_, index) => `group-${index}`);
    const first = Array.from(
      { length: 5 },
      (_, tick) => shardsOf('tick', PLACE, groups, (AT + 5 * tick) as Minute)[0]!.groups[0],
    );
    expect(new Set(first).size).toBe(5);
  });

  test('a shard survives the queue as it was', () => {
    for (const shard of shardsOf('review', PLACE, ['web', 'api'], AT)) {
      expect(ShardMessage.parse(JSON.parse(JSON.stringify(shard)))).toEqual(shard);
    }
  });

  test.each([
    ['tick', 4, false],
    ['tick', 5, true],
    ['review', 18 * 60, false],
    ['review', 18 * 60 + 1, true],
  ] as const)('S28: a %s that is %i minutes late is stale: %s', (work, late, stale) => {
    expect(isStale({ work, at: AT }, startOf((AT + late) as Minute))).toBe(stale);
  });
});

describe('the night is shared out', () => {
  test('every group has exactly one slot a night, always the same', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), fc.integer({ min: 0, max: 22 }), (name, from) => {
        const hours = { from, until: from + 2 };
        const slots = Array.from({ length: 96 }, (_, quarter) =>
          reviewSlotAt((AT + quarter * 15) as Minute, hours),
        );
        const mine = reviewSlotOf({ ...PLACE, name }, hours);
        expect(slots.filter((slot) => slot === mine)).toHaveLength(1);
      }),
    );
  });

  test('a thousand groups spread over all slots, none with more than twice its share', () => {
    const counts = new Map<number, number>();
    for (let index = 0; index < 1000; index += 1) {
      const slot = reviewSlotOf({ ...PLACE, name: `group-${index}` }, HOURS);
      counts.set(slot, (counts.get(slot) ?? 0) + 1);
    }
    expect(counts.size).toBe(24);
    expect(Math.max(...counts.values())).toBeLessThan((2 * 1000) / 24);
  });

  test('outside the hours there is no slot', () => {
    expect(reviewSlotAt(AT, HOURS)).toBeUndefined();
    expect(reviewSlotAt((AT - 8 * 60) as Minute, HOURS)).toBe(0);
  });
});
