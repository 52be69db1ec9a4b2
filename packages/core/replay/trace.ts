import { quantile } from '../demand/quantile.ts';
import { MINUTES_PER_DAY, type Utilisation } from '../quantities.ts';

const DAYS_KEPT = 70;
const HISTORY_DAYS = 14;
const PEAK_QUANTILE = 0.999;

/** Rows of a demand trace: minute offsets (ascending, the first is 0) and values in any unit. */
export interface TraceRows {
  readonly minutes: ArrayLike<number>;
  readonly values: ArrayLike<number>;
}

/** A demand trace ready to replay. */
export interface Trace {
  /** Demand per minute in capacity units, whole days. */
  readonly demand: Float64Array;
  readonly days: number;
  /** Whole days at the start that policies learn from and that are not scored. */
  readonly historyDays: number;
  /** The commonest distance between rows, minutes. */
  readonly rowMinutes: number;
}

/**
 * Brings a trace to minutes (linear interpolation between rows, over missing ones too), keeps 70 days at most, scales
 * its 99.9th percentile to `fleet` instances at the SLO utilisation and drops the partial last day.
 * Throws a RangeError when it is shorter than two days or is nowhere above zero.
 */
export function prepareTrace(
  rows: TraceRows,
  options: { readonly fleet?: number; readonly sloUtilisation?: Utilisation } = {},
): Trace {
  const { fleet = 40, sloUtilisation = 0.7 } = options;
  const perMinute = interpolate(rows);
  const days = Math.floor(perMinute.length / MINUTES_PER_DAY);
  if (days < 2) throw new RangeError(`a trace needs two whole days, not ${perMinute.length} minutes`);
  const peak = quantile(perMinute, PEAK_QUANTILE);
  if (!(peak > 0)) throw new RangeError(`the 99.9th percentile of a trace must be above 0, not ${peak}`);
  const demand = perMinute.slice(0, days * MINUTES_PER_DAY);
  // In this order of operations: other orders put the peak a rounding error above a whole number of instances.
  for (let m = 0; m < demand.length; m++)
    demand[m] = (Math.max(0, demand[m]!) / peak) * fleet * sloUtilisation;
  const historyDays = Math.min(HISTORY_DAYS, Math.floor(days / 2));
  return { demand, days, historyDays, rowMinutes: commonestGap(rows.minutes) };
}

/** Values at minutes 0 … the last row's (70 days at most). */
function interpolate(rows: TraceRows): Float64Array {
  const { minutes, values } = rows;
  const last = minutes[minutes.length - 1] ?? -1;
  const out = new Float64Array(Math.min(Math.floor(last) + 1, DAYS_KEPT * MINUTES_PER_DAY));
  let row = 0;
  for (let m = 0; m < out.length; m++) {
    while (row + 1 < minutes.length && minutes[row + 1]! <= m) row++;
    const from = minutes[row]!;
    const share = row + 1 < minutes.length ? (m - from) / (minutes[row + 1]! - from) : 0;
    out[m] = share === 0 ? values[row]! : values[row]! + share * (values[row + 1]! - values[row]!);
  }
  return out;
}

function commonestGap(minutes: ArrayLike<number>): number {
  const counts = new Map<number, number>();
  for (let row = 1; row < minutes.length; row++) {
    const gap = minutes[row]! - minutes[row - 1]!;
    counts.set(gap, (counts.get(gap) ?? 0) + 1);
  }
  return [...counts].reduce((best, entry) => (entry[1] > best[1] ? entry : best), [1, 0])[0]!;
}
