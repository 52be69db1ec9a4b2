import type { LedgerEntry } from '@evenkeel/core/explain';
import type { Minute } from '@evenkeel/core/quantities';
import { describe, expect } from 'vitest';
import type { Ledger } from '../ports/index.ts';
import { type Harness, type KnownGaps, runCases } from './harness.ts';

export interface LedgerHarness extends Harness {
  readonly port: Ledger;
}

const TITLES = {
  'round-trip': 'gives an entry back as it was appended',
  twice: 'appending an entry whose id is there already changes nothing',
  order: 'gives the newest first, and the largest id first within a minute',
  limit: 'gives no more than the limit',
  before: 'gives only entries before a minute',
  workload: 'keeps workloads apart',
  group: 'gives the entries of one group where asked to',
  many: 'takes more entries at once than one write of a table holds',
  none: 'appending nothing is no error',
} as const;
export type LedgerCase = keyof typeof TITLES;

/** Every promise of the Ledger port. */
export function ledgerContract(
  name: string,
  makeHarness: () => Promise<LedgerHarness>,
  gaps: KnownGaps<LedgerCase> = {},
): void {
  describe(`ledger: ${name}`, () => {
    runCases({ titles: TITLES, cases: CASES, makeHarness, gaps });
  });
}

const CASES: Record<LedgerCase, (h: LedgerHarness) => Promise<void>> = {
  'round-trip': async (h) => {
    const full: LedgerEntry = {
      ...entry(h, 0, 'a'),
      decision: { kind: 'target', from: 50, to: 55, owner: 50 },
      outcome: { kind: 'partly-applied', failures: [{ name: 'x', message: 'no' }] },
      excuses: [{ code: 'coarse-metrics', bottleneck: 'detailed monitoring', facts: { limit: 60 } }],
    };
    await h.port.append([full]);
    expect(await ids(h)).toEqual(['a']);
    expect(await h.port.recent({ workload: 'shop', limit: 1 })).toEqual([full]);
  },
  twice: async (h) => {
    await h.port.append([entry(h, 0, 'a')]);
    await h.port.append([{ ...entry(h, 0, 'a'), group: 'changed' }, entry(h, 1, 'b')]);
    const entries = await h.port.recent({ workload: 'shop', limit: 10 });
    expect(entries.map((each) => [each.id, each.group])).toEqual([
      ['b', 'g'],
      ['a', 'g'],
    ]);
  },
  order: async (h) => {
    await h.port.append([entry(h, 1, 'b'), entry(h, 0, 'z'), entry(h, 1, 'c'), entry(h, 2, 'a')]);
    expect(await ids(h)).toEqual(['a', 'c', 'b', 'z']);
  },
  limit: async (h) => {
    await h.port.append([0, 1, 2, 3].map((i) => entry(h, i, `e${i}`)));
    const entries = await h.port.recent({ workload: 'shop', limit: 2 });
    expect(entries.map((each) => each.id)).toEqual(['e3', 'e2']);
  },
  before: async (h) => {
    await h.port.append([0, 1, 2].map((i) => entry(h, i, `e${i}`)));
    const before = entry(h, 2, '').at;
    const entries = await h.port.recent({ workload: 'shop', limit: 10, before });
    expect(entries.map((each) => each.id)).toEqual(['e1', 'e0']);
  },
  workload: async (h) => {
    await h.port.append([entry(h, 0, 'a'), { ...entry(h, 0, 'b'), workload: 'shop-2' }]);
    expect(await ids(h)).toEqual(['a']);
  },
  group: async (h) => {
    await h.port.append([entry(h, 0, 'a'), { ...entry(h, 1, 'b'), group: 'other' }, entry(h, 2, 'c')]);
    const entries = await h.port.recent({ workload: 'shop', group: 'g', limit: 2 });
    expect(entries.map((each) => each.id)).toEqual(['c', 'a']);
  },
  many: async (h) => {
    await h.port.append(Array.from({ length: 60 }, (_, i) => entry(h, i, `e${i}`)));
    expect(await h.port.recent({ workload: 'shop', limit: 100 })).toHaveLength(60);
  },
  none: async (h) => {
    await h.port.append([]);
    expect(await ids(h)).toEqual([]);
  },
};

/** Some ids are alike in all but their minute, as those of one use case are. */
function entry(h: LedgerHarness, minutes: number, id: string): LedgerEntry {
  return { id, at: (h.now() - 100 + minutes) as Minute, workload: 'shop', group: 'g', excuses: [] };
}

async function ids(h: LedgerHarness): Promise<string[]> {
  return (await h.port.recent({ workload: 'shop', limit: 100 })).map((each) => each.id);
}
