import type { Strategy } from '../../forecast/strategy.ts';
import { TICKS_PER_DAY } from './floor-book.ts';
import { saidBy, type Tournament } from './tournament.ts';

/** How often what came stayed under what a strategy's floors promised on the last day, against how often it should have. */
export interface Coverage {
  /** 0 … 1. */
  readonly coverage: number;
  readonly intended: number;
}

/** A day that was covered less than this share of what was intended is no bad luck: the forecast is wrong. */
const LOST_BELOW = 0.5;
/** Quantiles below the middle are chosen where target tracking does the work; missing them says nothing. */
const LEAST_QUANTILE = 0.5;

/** Measured on all ticks of the last day played; undefined for strategies without floors and before the second day. */
export function coverageOfLastDay(tournament: Tournament, { floors }: Strategy): Coverage | undefined {
  const { came, days } = tournament;
  if (floors === 'none' || days < 2) return undefined;
  const said = saidBy(tournament, floors);
  let covered = 0;
  let known = 0;
  for (let tick = (days - 1) * TICKS_PER_DAY; tick < days * TICKS_PER_DAY; tick++) {
    if (Number.isNaN(came[tick]!) || Number.isNaN(said[tick]!)) continue;
    known += 1;
    if (came[tick]! <= said[tick]! + 1e-9) covered += 1;
  }
  return known === 0 ? undefined : { coverage: covered / known, intended: floors.quantile };
}

/** Whether the forecast behind the floors was wrong for a whole day: then it is not built on for the next one. */
export function hasLostFooting(measured: Coverage | undefined): boolean {
  if (measured === undefined || measured.intended < LEAST_QUANTILE) return false;
  return measured.coverage < LOST_BELOW * measured.intended;
}
