import type { Minute } from '@evenkeel/core/quantities';

/** Half a day or a day measured and one planned, minute by minute in instances; NaN where nothing is known. `now` is an index. */
export interface DayPicture {
  readonly start: Minute;
  readonly now: number;
  readonly need: Float64Array;
  readonly inService: Float64Array;
  readonly floors: Float64Array;
}

/** A line of the ledger in words. */
export interface LedgerLine {
  /** `2026-10-05 14:00 UTC` */
  readonly at: string;
  readonly text: string;
  /** It changed something, told something, or could not. */
  readonly kind: 'done' | 'told' | 'failed';
}

/** One group as the page shows it; every text is ready. */
export interface GroupView {
  readonly group: string;
  readonly workload: string;
  readonly mode: string;
  /** In words: `steering`, `paused by bob`. */
  readonly state: string;
  readonly isHeld: boolean;
  readonly facts: readonly { readonly name: string; readonly value: string }[];
  readonly headline: string;
  readonly because: readonly string[];
  readonly notDone: readonly string[];
  readonly ledger: readonly LedgerLine[];
  readonly picture: DayPicture | undefined;
}

/** What the dashboard shows. */
export interface DashboardView {
  readonly place: string;
  /** `2026-10-05 14:00 UTC` */
  readonly at: string;
  readonly groups: readonly GroupView[];
  /** Seconds after which the page asks again; absent: it stands. */
  readonly again?: number;
}
