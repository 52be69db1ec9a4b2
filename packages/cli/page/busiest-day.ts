import { MINUTES_PER_DAY } from '@evenkeel/core/quantities';
import type { Picture } from './picture.ts';

/** The day of a picture with the highest need, as indices of its minutes. */
export function busiestDay({ need }: Picture): { readonly from: number; readonly to: number } {
  let best = { from: 0, highest: -1 };
  for (let from = 0; from + MINUTES_PER_DAY <= need.length; from += MINUTES_PER_DAY) {
    const highest = need
      .subarray(from, from + MINUTES_PER_DAY)
      .reduce((most, each) => Math.max(most, each), 0);
    if (highest > best.highest) best = { from, highest };
  }
  return { from: best.from, to: Math.min(need.length, best.from + MINUTES_PER_DAY) };
}
