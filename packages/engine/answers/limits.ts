import { type Instances, MINUTES_PER_DAY, type Minutes } from '@evenkeel/core/quantities';

/** What may be asked for at the most: beyond it, it is a mistake in typing or a matter for the group's own sizes. */
export const LONGEST_BOOST: Minutes = 24 * 60;
export const MOST_BOOST: Instances = 1_000;
/** As a multiple of the usual demand. */
export const HIGHEST_FACTOR = 20;
export const LONGEST_EVENT: Minutes = 14 * MINUTES_PER_DAY;
