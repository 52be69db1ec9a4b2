import { percent } from '@evenkeel/core/explain';

/** By how much a figure changes, as a share: `-18 %`, `the same`. */
export function change(before: number, after: number): string {
  if (Math.abs(after - before) <= 0.0005 * before || after === before) return 'the same';
  if (before === 0) return 'up from none';
  const share = after / before - 1;
  return `${share > 0 ? '+' : ''}${percent(share)}`;
}
