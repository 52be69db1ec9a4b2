import { FLEET, type LedgerEntry } from '@evenkeel/core/explain';
import { type Instant, MINUTES_PER_DAY, type Minute, minuteOf } from '@evenkeel/core/quantities';
import { entriesBack } from '@evenkeel/engine/ledger';
import type { Ledger } from '@evenkeel/engine/ports';
import type { Outbox } from '../delivery/outbox.ts';
import { daySummary } from './day-summary.ts';

/** A little more than a day is looked at, so that nothing falls between two looks. */
const OVERLAP_MINUTES = 60;

/**
 * Ends a day: tells what the bus may have lost (the ledger has it all, and what was told is not told again), and sums up the
 * routine of each workload under what was said of it that day. `day` lies within the day that ends.
 */
export async function endOfDay(
  parts: { readonly ledger: Ledger; readonly outbox: Outbox },
  {
    workloads,
    now,
    day,
  }: { readonly workloads: readonly string[]; readonly now: Instant; readonly day: Minute },
): Promise<void> {
  const begin = (Math.floor(day / MINUTES_PER_DAY) * MINUTES_PER_DAY) as Minute;
  const end = (begin + MINUTES_PER_DAY) as Minute;
  for (const workload of new Set([...workloads, FLEET])) {
    const entries = await entriesSince(parts.ledger, workload, (begin - OVERLAP_MINUTES) as Minute);
    await parts.outbox.queueEntries(entries, now);
    if (workload === FLEET) continue;
    const ofDay = entries.filter(({ at }) => at >= begin && at < end);
    const summary = daySummary(workload, ofDay, Math.min(minuteOf(now), end - 1) as Minute);
    if (summary !== undefined) await parts.outbox.queue(summary, { now });
  }
}

/** The entries from a minute on, all of them. */
export async function entriesSince(
  ledger: Ledger,
  workload: string,
  since: Minute,
): Promise<readonly LedgerEntry[]> {
  const found: LedgerEntry[] = [];
  for await (const entry of entriesBack(ledger, { workload, since })) found.push(entry);
  return found;
}
