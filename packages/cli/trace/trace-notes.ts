import { utc } from '@evenkeel/core/explain';
import { MINUTES_PER_DAY, type Minute, MS_PER_MINUTE } from '@evenkeel/core/quantities';
import type { Trace } from '@evenkeel/core/replay';
import type { TraceFile } from './trace-file.ts';

/** A gap this long is more than a late export: what stands in for it weighs in every figure. */
const LONG_GAP_MINUTES = MINUTES_PER_DAY;

/** What a reader of the figures should know of the trace: that it was cut, or that a long gap in it was filled. */
export function traceNotes(file: TraceFile, trace: Trace): readonly string[] {
  const notes: string[] = [];
  const days = Math.floor((file.minutes.at(-1)! + 1) / MINUTES_PER_DAY);
  if (days > trace.days) notes.push(`The trace has ${days} days: its first ${trace.days} are used.`);
  const gap = longestGap(file, trace.days * MINUTES_PER_DAY);
  if (gap.minutes > LONG_GAP_MINUTES) {
    const from = utc((file.startedAt / MS_PER_MINUTE + gap.from) as Minute);
    notes.push(
      `No row for ${(gap.minutes / MINUTES_PER_DAY).toFixed(1)} days from ${from} on: a straight line stands in for them.`,
    );
  }
  return notes;
}

/** The longest time between two rows of the first `until` minutes. */
function longestGap(
  { minutes }: TraceFile,
  until: number,
): { readonly from: number; readonly minutes: number } {
  let longest = { from: 0, minutes: 0 };
  for (let i = 1; i < minutes.length && minutes[i - 1]! < until; i++) {
    const gap = minutes[i]! - minutes[i - 1]!;
    if (gap > longest.minutes) longest = { from: minutes[i - 1]!, minutes: gap };
  }
  return longest;
}
