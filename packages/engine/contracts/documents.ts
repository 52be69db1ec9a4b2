import type { Minute } from '@evenkeel/core/quantities';
import { describe, expect } from 'vitest';
import type { Documents } from '../ports/index.ts';
import { type Harness, type KnownGaps, runCases } from './harness.ts';

export interface DocumentsHarness extends Harness {
  readonly port: Documents;
}

const TITLES = {
  none: 'gives nothing where nothing was written',
  'round-trip': 'gives a document back as it was written, with its version',
  'first-wins': 'lets only one of two first writes through',
  'stale-write': 'refuses a write over another version than the one that was read',
  remove: 'removes only the version that was read',
  'again-after-remove': 'takes a first write again after a removal',
  list: 'lists a collection in order of key, up to the limit, and no other collection',
  expiry: 'keeps a document until it expires',
} as const;
export type DocumentsCase = keyof typeof TITLES;

/** Every promise of the Documents port. */
export function documentsContract(
  name: string,
  makeHarness: () => Promise<DocumentsHarness>,
  gaps: KnownGaps<DocumentsCase> = {},
): void {
  describe(`documents: ${name}`, () => {
    runCases({ titles: TITLES, cases: CASES, makeHarness, gaps });
  });
}

const CASES: Record<DocumentsCase, (h: DocumentsHarness) => Promise<void>> = {
  none: async ({ port }) => {
    expect(await port.read('a', 'x')).toBeUndefined();
    expect(await port.list('a', 10)).toEqual([]);
  },
  'round-trip': async ({ port }) => {
    const value = { text: 'ä#/"', list: [1, null], nested: { yes: true } };
    expect(await port.write('a', 'x#y/z', value, { expected: 0 })).toBe(true);
    expect(await port.read('a', 'x#y/z')).toEqual({ key: 'x#y/z', version: 1, value });
    expect(await port.write('a', 'x#y/z', { text: 'b' }, { expected: 1 })).toBe(true);
    expect(await port.read('a', 'x#y/z')).toEqual({ key: 'x#y/z', version: 2, value: { text: 'b' } });
  },
  'first-wins': async ({ port }) => {
    const tries = [1, 2, 3].map((value) => port.write('a', 'x', value, { expected: 0 }));
    const won = await Promise.all(tries);
    expect(won.filter((each) => each)).toHaveLength(1);
    expect((await port.read('a', 'x'))?.value).toBe(won.indexOf(true) + 1);
  },
  'stale-write': async ({ port }) => {
    await port.write('a', 'x', 1, { expected: 0 });
    await port.write('a', 'x', 2, { expected: 1 });
    expect(await port.write('a', 'x', 3, { expected: 1 })).toBe(false);
    expect(await port.write('a', 'y', 3, { expected: 1 })).toBe(false);
    expect(await port.read('a', 'x')).toMatchObject({ version: 2, value: 2 });
    expect(await port.read('a', 'y')).toBeUndefined();
  },
  remove: async ({ port }) => {
    await port.write('a', 'x', 1, { expected: 0 });
    expect(await port.remove('a', 'x', 2)).toBe(false);
    expect(await port.remove('a', 'y', 1)).toBe(false);
    expect(await port.remove('a', 'x', 1)).toBe(true);
    expect(await port.read('a', 'x')).toBeUndefined();
  },
  'again-after-remove': async ({ port }) => {
    await port.write('a', 'x', 1, { expected: 0 });
    await port.remove('a', 'x', 1);
    expect(await port.write('a', 'x', 2, { expected: 0 })).toBe(true);
    expect(await port.read('a', 'x')).toMatchObject({ version: 1, value: 2 });
  },
  list: async ({ port }) => {
    for (const key of ['c', 'a', 'b']) await port.write('one', key, key, { expected: 0 });
    await port.write('two', 'aa', 'other', { expected: 0 });
    expect((await port.list('one', 10)).map((each) => each.key)).toEqual(['a', 'b', 'c']);
    expect((await port.list('one', 2)).map((each) => each.value)).toEqual(['a', 'b']);
    expect((await port.list('two', 2)).map((each) => each.version)).toEqual([1]);
  },
  expiry: async ({ port, now }) => {
    const expires = (now() + 60) as Minute;
    await port.write('a', 'x', 1, { expected: 0, expires });
    expect(await port.read('a', 'x')).toMatchObject({ value: 1 });
    expect(await port.write('a', 'x', 2, { expected: 1, expires })).toBe(true);
  },
};
