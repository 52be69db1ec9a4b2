import { nameStrategy, type Strategy } from '../../forecast/strategy.ts';
import type { Tournament } from './tournament.ts';

/** Days that count, and how much less each day counts than the one after it. */
const DAYS = 28;
const DECAY = 0.95;
/** A new strategy must be this much cheaper than the one in use, or the group flips for nothing. */
const MARGIN = 0.005;

/** What a strategy would have cost over the last days. */
export interface Standing {
  readonly name: string;
  readonly strategy: Strategy;
  /** Weighted mean per day of billed + l x shortage, in instance-minutes. */
  readonly cost: number;
  readonly billed: number;
  readonly shortage: number;
}

/** All strategies of a tournament by their cost at a loss factor, the cheapest first; none before the second day. */
export function standings(tournament: Tournament, lossFactor: number): readonly Standing[] {
  const first = Math.max(1, tournament.days - DAYS);
  if (first >= tournament.days) return [];
  const all = tournament.strategies.map((strategy, i): Standing => {
    let billed = 0;
    let shortage = 0;
    let weights = 0;
    for (let day = first; day < tournament.days; day++) {
      const weight = DECAY ** (tournament.days - day);
      billed += weight * tournament.billed[i]![day]!;
      shortage += weight * tournament.shortage[i]![day]!;
      weights += weight;
    }
    const name = nameStrategy(strategy);
    const cost = (billed + lossFactor * shortage) / weights;
    return { name, strategy, cost, billed: billed / weights, shortage: shortage / weights };
  });
  return all.sort((a, b) => a.cost - b.cost);
}

/** The cheapest, unless the one in use is within the margin of it. */
export function choose(table: readonly Standing[], inUse: string | undefined): Standing | undefined {
  const best = table[0];
  const current = table.find((standing) => standing.name === inUse);
  if (!best || !current) return best;
  return best.cost < current.cost * (1 - MARGIN) ? best : current;
}
