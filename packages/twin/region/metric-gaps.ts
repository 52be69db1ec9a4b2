import { MINUTES_PER_DAY } from '@evenkeel/core/quantities';
import type { TwinGroup } from './twin-group.ts';

/**
 * Whether the metric of a minute (since the group's start) was never published: in the silences of its options, and by chance.
 * For the latter time is cut into slots of the gap's length, each of which is a gap with the chance that makes the daily average.
 */
export function isGap(
  group: Pick<TwinGroup, 'options' | 'extras' | 'chances' | 'start'>,
  minute: number,
): boolean {
  const { options, extras, chances, start } = group;
  const at = start + minute;
  if (options.silences?.some((span) => at >= span.from && at < span.to)) return true;
  const { perDay, length } = extras.metricGaps;
  if (perDay <= 0 || length <= 0) return false;
  return chances.gaps.uniform(Math.floor(minute / length)) < (perDay * length) / MINUTES_PER_DAY;
}
