import type { LedgerEntry } from '@evenkeel/core/explain';
import type { Minute } from '@evenkeel/core/quantities';
import type { Ledger } from '../ports/index.ts';

const PAGE = 500;

/**
 * The entries of a workload from the minute `since` on, newest first and each once, read page by page: a workload of many groups makes more
 * of them in a day than any fixed number, and who has found what they looked for reads no further.
 */
export async function* entriesBack(
  ledger: Pick<Ledger, 'recent'>,
  {
    workload,
    since,
    page: size = PAGE,
  }: { readonly workload: string; readonly since: Minute; readonly page?: number },
): AsyncGenerator<LedgerEntry, void> {
  let limit = size;
  let before: Minute | undefined;
  /** Of the minute read last: the next page may begin with it once more. */
  let last = { at: Number.POSITIVE_INFINITY, given: new Set<string>() };
  for (;;) {
    const page = await ledger.recent({ workload, limit, ...(before !== undefined && { before }) });
    for (const entry of page) {
      if (entry.at < since) return;
      if (entry.at !== last.at) last = { at: entry.at, given: new Set() };
      if (last.given.has(entry.id)) continue;
      last.given.add(entry.id);
      yield entry;
    }
    const [newest, oldest] = [page[0], page.at(-1)];
    if (newest === undefined || oldest === undefined || page.length < limit) return;
    // The rest of the oldest minute may stand on the next page; a minute that fills a page by itself needs a larger one.
    if (newest.at === oldest.at) limit *= 2;
    else {
      limit = size;
      before = (oldest.at + 1) as Minute;
    }
  }
}
