import { learnDayAhead } from '../../forecast/day-ahead.ts';
import type { Lesson } from '../../forecast/forecaster.ts';
import { type Profile, rounded, roundedLesson } from '../../forecast/profile.ts';
import type { Strategy } from '../../forecast/strategy.ts';
import { MINUTES_PER_DAY, type Minute } from '../../quantities.ts';
import { bookOf, leadOf, type Tournament } from './tournament.ts';

const DAYS = 28;

/** The profile that makes a group run by `strategy` on what the tournament has learned. */
export function writeProfile(tournament: Tournament, strategy: Strategy, lossFactor: number): Profile {
  const { world, start, days, values } = tournament;
  let highest = 0;
  for (let m = Math.max(0, days - DAYS) * MINUTES_PER_DAY; m < days * MINUTES_PER_DAY; m++) {
    if (values[m]! > highest) highest = values[m]!;
  }
  const { floors } = strategy;
  const lesson: Lesson = floors === 'none' ? {} : bookOf(tournament, floors.forecaster).lesson;
  const past = { ...tournament, lead: leadOf(world) };
  return {
    version: 1,
    learnedAt: (start + days * MINUTES_PER_DAY) as Minute,
    sloUtilisation: world.sloUtilisation,
    lead: leadOf(world),
    strategy,
    lesson: roundedLesson(lesson),
    dayAhead: floors === 'none' ? [] : learnDayAhead(past, lossFactor).map(rounded),
    highestNeed: highest / world.sloUtilisation,
  };
}
