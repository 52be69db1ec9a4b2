import type { LedgerEntry } from '@evenkeel/core/explain';
import { describe, expect } from 'vitest';
import type { Notices } from '../ports/index.ts';
import { type Harness, type KnownGaps, runCases } from './harness.ts';

export interface NoticesHarness extends Harness {
  readonly port: Notices;
  /** The ids of the entries that were told, in order. */
  told(): Promise<readonly string[]>;
}

const TITLES = {
  order: 'tells every entry, in order',
  none: 'tells nothing where there is nothing, and it is no error',
} as const;
export type NoticesCase = keyof typeof TITLES;

/** Every promise of the Notices port. */
export function noticesContract(
  name: string,
  makeHarness: () => Promise<NoticesHarness>,
  gaps: KnownGaps<NoticesCase> = {},
): void {
  describe(`notices: ${name}`, () => {
    runCases({ titles: TITLES, cases: CASES, makeHarness, gaps });
  });
}

const CASES: Record<NoticesCase, (h: NoticesHarness) => Promise<void>> = {
  order: async (h) => {
    await h.port.publish([entry(h, 'a'), entry(h, 'b')]);
    await h.port.publish([entry(h, 'c')]);
    expect(await h.told()).toEqual(['a', 'b', 'c']);
  },
  none: async (h) => {
    await h.port.publish([]);
    expect(await h.told()).toEqual([]);
  },
};

function entry(h: NoticesHarness, id: string): LedgerEntry {
  return { id, at: h.now(), workload: 'shop', group: 'web', excuses: [] };
}
