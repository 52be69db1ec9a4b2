import type { LedgerEntry } from '@evenkeel/core/explain';
import type { Minute } from '@evenkeel/core/quantities';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createMemoryLedger } from '../memory/ledger.ts';
import { entriesBack } from './entries-back.ts';

const entry = (at: number, index: number): LedgerEntry => ({
  id: `entry-${index}`,
  at: at as Minute,
  workload: 'shop',
  group: 'web',
  excuses: [],
});

async function idsOf(entries: AsyncIterable<LedgerEntry>): Promise<readonly string[]> {
  const ids: string[] = [];
  for await (const { id } of entries) ids.push(id);
  return ids;
}

describe('entriesBack', () => {
  it('gives every entry since then once and in order, whatever the pages, and however many share a minute', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.nat(12), { maxLength: 60 }),
        fc.nat(12),
        fc.integer({ min: 1, max: 9 }),
        async (minutes, since, page) => {
          const ledger = createMemoryLedger();
          await ledger.append(minutes.map(entry));
          const all = await ledger.recent({ workload: 'shop', limit: 1_000 });
          const found = await idsOf(entriesBack(ledger, { workload: 'shop', since: since as Minute, page }));
          expect(found).toEqual(all.filter(({ at }) => at >= since).map(({ id }) => id));
        },
      ),
      { numRuns: 200, seed: 20_261_123 },
    );
  });

  it('reads no further than who asks looks', async () => {
    const ledger = createMemoryLedger();
    await ledger.append(Array.from({ length: 40 }, (_, index) => entry(index, index)));
    let reads = 0;
    const counted = {
      recent: (query: Parameters<typeof ledger.recent>[0]) => {
        reads += 1;
        return ledger.recent(query);
      },
    };
    for await (const { at } of entriesBack(counted, { workload: 'shop', since: 0 as Minute, page: 10 })) {
      if (at === 35) break;
    }
    expect(reads).toBe(1);
  });
});
