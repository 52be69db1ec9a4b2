import { type Minutes, MS_PER_MINUTE } from '@evenkeel/core/quantities';
import type { Timing } from './time.ts';

export interface Cache<Value> {
  /** The value of a key, read by `load` when it is not there or too old. A load that fails is not kept. */
  get(key: string, load: () => Promise<Value>): Promise<Value>;
  /** A value learned on the way. */
  set(key: string, value: Value): void;
}

export interface CacheOptions {
  readonly keepFor: Minutes;
  readonly now: Timing['now'];
  /** The oldest entries go first. */
  readonly most?: number;
}

/** Facts and prices change rarely: keeps what was read for a while, and lets callers at the same time share one read. */
export function createCache<Value>({ keepFor, now, most = 10_000 }: CacheOptions): Cache<Value> {
  const entries = new Map<string, { readonly at: number; readonly value: Promise<Value> }>();

  const put = (key: string, value: Promise<Value>): void => {
    entries.delete(key);
    entries.set(key, { at: now(), value });
    const oldest = entries.keys().next();
    if (entries.size > most && !oldest.done) entries.delete(oldest.value);
  };
  return {
    get(key, load) {
      const entry = entries.get(key);
      if (entry && now() - entry.at < keepFor * MS_PER_MINUTE) return entry.value;
      const value = load();
      put(key, value);
      value.catch(() => entries.get(key)?.value === value && entries.delete(key));
      return value;
    },
    set(key, value) {
      put(key, Promise.resolve(value));
    },
  };
}
