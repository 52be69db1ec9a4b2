import type { Strategy } from '../../forecast/strategy.ts';
import { HIGHEST_NEED_FACTOR } from '../../plan/clamp-floors.ts';
import { MINUTES_PER_DAY, type Minute, TICK_MINUTES } from '../../quantities.ts';
import { highestNeed, saidBy, type Tournament } from './tournament.ts';

/** Floors as a strategy would have had them: need in instances per minute from `start` on, not rounded; 0 where nothing was said yet. */
export interface FloorHistory {
  readonly start: Minute;
  readonly needs: Float64Array;
}

/** What a strategy's floors were on the days of a tournament, each by what was known then; undefined where it has none. */
export function floorsOf(tournament: Tournament, { floors }: Strategy): FloorHistory | undefined {
  if (floors === 'none') return undefined;
  const { world, start, days } = tournament;
  const said = saidBy(tournament, floors);
  const ceiling = HIGHEST_NEED_FACTOR * highestNeed(tournament);
  const needs = new Float64Array(days * MINUTES_PER_DAY);
  for (let minute = MINUTES_PER_DAY; minute < needs.length; minute++) {
    const tick = Math.floor((minute - world.floorDelay) / TICK_MINUTES);
    const need = (said[tick] ?? 0) / world.sloUtilisation;
    needs[minute] = need > 0 ? Math.min(need, ceiling) : 0;
  }
  return { start, needs };
}
