import type { Strategy } from '../../forecast/strategy.ts';
import { TICKS_PER_DAY } from '../../quantities.ts';
import { costOfDay, saidBy, type Tournament } from './tournament.ts';

/** How often what came stayed under what a strategy's floors promised on the last day, or near it, against how often it should have. */
export interface Coverage {
  /** 0 … 1. */
  readonly coverage: number;
  readonly intended: number;
}

/** A day that was covered less than this share of what was intended is no bad luck: the forecast is wrong. */
const LOST_BELOW = 0.5;
/**
 * A miss is no miss up to this share and this much of an instance: demand that comes back every night a hair higher than
 * the night before is above any of its quantiles, and foreseen as well as anything can be.
 */
const NEAR_SHARE = 0.05;
const NEAR_INSTANCES = 0.5;
/** Quantiles below the middle are chosen where target tracking does the work; missing them says nothing. */
const LEAST_QUANTILE = 0.5;

/** Measured on all ticks of the last day played; undefined for strategies without floors and before the second day. */
export function coverageOfLastDay(tournament: Tournament, { floors }: Strategy): Coverage | undefined {
  const { came, days, world } = tournament;
  if (floors === 'none' || days < 2) return undefined;
  const said = saidBy(tournament, floors);
  const near = NEAR_INSTANCES * world.sloUtilisation;
  let covered = 0;
  let known = 0;
  for (let tick = (days - 1) * TICKS_PER_DAY; tick < days * TICKS_PER_DAY; tick++) {
    if (Number.isNaN(came[tick]!) || Number.isNaN(said[tick]!)) continue;
    known += 1;
    if (came[tick]! <= (1 + NEAR_SHARE) * said[tick]! + near) covered += 1;
  }
  return known === 0 ? undefined : { coverage: covered / known, intended: floors.quantile };
}

/** Whether the floors of a day covered far less than they were meant to. */
export function isFarShort({ coverage, intended }: Coverage): boolean {
  return intended >= LEAST_QUANTILE && coverage < LOST_BELOW * intended;
}

/**
 * Whether the forecast behind the chosen strategy was wrong for a whole day and target tracking alone would have cost
 * less: then the reflex runs the next day. Where it would not, a wrong forecast is still the better guide.
 */
export function hasLostFooting(
  tournament: Tournament,
  options: {
    readonly measured: Coverage | undefined;
    readonly chosen: Strategy;
    readonly reflex: Strategy | undefined;
    readonly lossFactor: number;
  },
): boolean {
  const { measured, chosen, reflex, lossFactor } = options;
  if (measured === undefined || reflex === undefined || !isFarShort(measured)) return false;
  const last = tournament.days - 1;
  const costOf = (strategy: Strategy) => costOfDay(tournament, strategy, last, lossFactor);
  return costOf(reflex) < costOf(chosen);
}
