import { createHash } from 'node:crypto';
import { MINUTES_PER_DAY, MINUTES_PER_HOUR, type Minute } from '@evenkeel/core/quantities';
import { type GroupRef, groupKey } from '@evenkeel/engine/ports';

const SLOT_MINUTES = 15;

/** Which part of the night a time falls into; undefined outside the hours of review. */
export function reviewSlotAt(
  at: Minute,
  hours: { readonly from: number; readonly until: number },
): number | undefined {
  const minuteOfDay = ((at % MINUTES_PER_DAY) + MINUTES_PER_DAY) % MINUTES_PER_DAY;
  const slot = Math.floor((minuteOfDay - hours.from * MINUTES_PER_HOUR) / SLOT_MINUTES);
  return slot >= 0 && slot < slotsOf(hours) ? slot : undefined;
}

/** The part of the night a group is reviewed in: spread evenly, and the same every night. */
export function reviewSlotOf(
  ref: GroupRef,
  hours: { readonly from: number; readonly until: number },
): number {
  return createHash('sha256').update(groupKey(ref)).digest().readUInt32BE(0) % slotsOf(hours);
}

function slotsOf({ from, until }: { readonly from: number; readonly until: number }): number {
  return ((until - from) * MINUTES_PER_HOUR) / SLOT_MINUTES;
}
