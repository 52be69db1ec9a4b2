import { describe, expect, it } from 'vitest';
import { createCache } from './cache.ts';
import { sleepingClock } from './testing/recorded-endpoint.ts';

const MINUTE = 60_000;

describe('createCache', () => {
  it('reads once while the value is fresh, callers at the same time included, and again afterwards', async () => {
    const clock = sleepingClock();
    const cache = createCache<number>({ keepFor: 10, now: clock.timing.now });
    let reads = 0;
    const load = async () => {
      reads += 1;
      return reads;
    };
    expect(await Promise.all([cache.get('a', load), cache.get('a', load)])).toEqual([1, 1]);
    clock.advance(10 * MINUTE - 1);
    expect(await cache.get('a', load)).toBe(1);
    clock.advance(1);
    expect(await cache.get('a', load)).toBe(2);
  });

  it('does not keep a failure', async () => {
    const cache = createCache<string>({ keepFor: 10, now: sleepingClock().timing.now });
    await expect(cache.get('a', () => Promise.reject(new Error('throttled')))).rejects.toThrow('throttled');
    expect(await cache.get('a', async () => 'read')).toBe('read');
  });

  it('forgets the oldest when it is full', async () => {
    const cache = createCache<string>({ keepFor: 10, now: sleepingClock().timing.now, most: 2 });
    for (const key of ['a', 'b', 'c']) cache.set(key, key);
    expect(await cache.get('a', async () => 'again')).toBe('again');
    expect(await cache.get('c', async () => 'again')).toBe('c');
  });
});
