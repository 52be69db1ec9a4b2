import { MINUTES_PER_DAY, type Minute, type Minutes } from '@evenkeel/core/quantities';
import { parsePolicy, seriesKey, WORKLOAD_TAG } from '@evenkeel/core/workload';
import { loadProfile } from '@evenkeel/engine';
import { type GroupSnapshot, groupKey, type Ports } from '@evenkeel/engine/ports';

/** How long after the end of a day its metrics can be read to the end. */
const SETTLED: Minutes = 10;
/** A review that brought nothing new (a group too young for a profile) is tried again after this. */
const TRY_AGAIN: Minutes = 6 * 60;

/** Says which groups want their daily review, and remembers what was tried in this process. */
export interface ReviewCalendar {
  due(group: GroupSnapshot, now: Minute): Promise<boolean>;
  tried(group: GroupSnapshot, now: Minute): void;
}

/** A review is due for a group without a profile, and once another whole day can be learned from. */
export function createReviewCalendar(ports: Pick<Ports, 'profiles' | 'settings'>): ReviewCalendar {
  const attempts = new Map<string, Minute>();
  return {
    async due(group, now) {
      const tried = attempts.get(groupKey(group.ref));
      if (tried !== undefined && now - tried < TRY_AGAIN) return false;
      const { mode } = await ports.settings.load(group.tags[WORKLOAD_TAG] ?? '');
      const parsed = parsePolicy(group.tags, mode);
      if (!parsed.ok || parsed.policy.mode === 'off') return false;
      const profile = await loadProfile(ports, seriesKey(parsed.policy));
      return profile === undefined || now - profile.learnedAt >= MINUTES_PER_DAY + SETTLED;
    },
    tried(group, now) {
      attempts.set(groupKey(group.ref), now);
    },
  };
}
