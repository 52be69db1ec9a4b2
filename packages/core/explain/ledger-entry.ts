import type { Minute } from '../quantities.ts';
import type { Decision, Outcome } from './decision.ts';
import type { Excuse } from './excuse.ts';
import type { Place } from './place.ts';

/** One line of the ledger: a decision with what came of it, or the excuses why there was none. */
export interface LedgerEntry {
  /** A function of workload, group, use case and time, so that the same run twice writes the same entry once. */
  readonly id: string;
  readonly at: Minute;
  readonly workload: string;
  readonly group: string;
  /** Where the group is: names are unique in an account and region only. Absent where no one group is meant. */
  readonly place?: Place;
  readonly decision?: Decision;
  readonly outcome?: Outcome;
  readonly excuses: readonly Excuse[];
}
