import type { Announced } from '@evenkeel/core/demand';
import { MINUTES_PER_DAY, type Minute } from '@evenkeel/core/quantities';
import type { ExpectedEvent } from '../ports/index.ts';

/** How the names of boosts begin: one that a person asked for, and one that an alarm of load set off (S29). */
export const BOOST_BY_PERSON = 'boost by ';
export const BOOST_BY_ALARM = 'alarm ';

/** Lessons are drawn from so many days: as long it must be known what of them was announced. */
const REMEMBERED_DAYS = 28;
/** The newest so many are remembered: settings are one item. */
const MOST_REMEMBERED = 200;

/** A boost is extra capacity for a time and says nothing of demand. */
export function isBoost({ name }: ExpectedEvent): boolean {
  return name.startsWith(BOOST_BY_PERSON) || name.startsWith(BOOST_BY_ALARM);
}

/** What was announced as a multiple of the usual demand: no lesson may take its time for usual. */
export function announcedOf(expected: readonly ExpectedEvent[]): readonly Announced[] {
  return expected.filter(isAnnounced);
}

/** What a workload expects from a minute on with one event more: it takes the place of one of the same name that is not over. */
export function withExpected(
  expected: readonly ExpectedEvent[],
  event: ExpectedEvent,
  at: Minute,
): readonly ExpectedEvent[] {
  const coming = comingOf(expected, at).filter(({ name }) => name !== event.name);
  return [...coming, event, ...rememberedOf(expected, at)];
}

/** What is not over yet. */
export function comingOf(expected: readonly ExpectedEvent[], at: Minute): readonly ExpectedEvent[] {
  return expected.filter(({ until }) => until > at);
}

/** What is over but must still be left out of lessons. */
function rememberedOf(expected: readonly ExpectedEvent[], at: Minute): readonly ExpectedEvent[] {
  return expected
    .filter((event) => isAnnounced(event) && event.until <= at)
    .filter(({ until }) => until > at - REMEMBERED_DAYS * MINUTES_PER_DAY)
    .toSorted((a, b) => b.until - a.until)
    .slice(0, MOST_REMEMBERED);
}

function isAnnounced(event: ExpectedEvent): boolean {
  return event.factor > 1 && !isBoost(event);
}
