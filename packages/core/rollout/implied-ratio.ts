import { meanKnown } from '../demand/mean-known.ts';
import { MINUTES_PER_DAY } from '../quantities.ts';

/** What demand before and after a change of shape says of the ratio, without asking the canary. */
export interface ImpliedRatio {
  /** Capacity of a new instance in old ones, if the workload did the same work as it used to. */
  readonly ratio: number;
  /** How far days differ from each other anyway: the logarithm of the ratio is known to so much. */
  readonly band: number;
}

/** Shorter pieces of a day are noise, longer ones a crowd fills. */
const PIECE_MINUTES = 30;
const WEEK = 7;
const LEAST_PAIRS = 3;
/** No workload is known better than that. */
const LEAST_BAND = 0.05;
/** Standard deviations: nineteen days of twenty. */
const WIDTH = 2;

/**
 * The same work counts as fewer instances where an instance carries more: demand of a day in the old shape, in old instances, against demand of a
 * day in the new one. Days are compared with the same weekday where there are enough of them; the piece of the day in the middle counts, so
 * that a crowd of some hours changes nothing. Undefined without enough days before the change.
 * @param after demand of a day in new instances, a value a minute
 * @param before days in the old shape by how many days before `after` they were; in old instances
 */
export function impliedRatio(
  after: Float64Array,
  before: ReadonlyMap<number, Float64Array>,
): ImpliedRatio | undefined {
  const days = [...before.keys()].sort((a, b) => a - b);
  const pairsOf = (lag: number) =>
    days.flatMap((day) => {
      const [late, early] = [before.get(day), before.get(day + lag)];
      const change = late && early && middleChange(early, late);
      return change === undefined ? [] : [change];
    });
  for (const lag of [WEEK, ...days]) {
    const reference = before.get(lag);
    const changes = pairsOf(lag);
    if (reference === undefined || changes.length < LEAST_PAIRS) continue;
    const change = middleChange(reference, after);
    if (change === undefined) continue;
    const deviation = Math.sqrt(changes.reduce((sum, each) => sum + each ** 2, 0) / changes.length);
    return { ratio: Math.exp(-change), band: Math.max(LEAST_BAND, WIDTH * deviation) };
  }
  return undefined;
}

/** The ratio nearest to the measured one that the days allow, and whether it had to be moved. */
export function believedRatio(
  measured: number,
  implied: ImpliedRatio | undefined,
): { readonly ratio: number; readonly contradicted: boolean } {
  if (implied === undefined) return { ratio: measured, contradicted: false };
  const [least, most] = [implied.ratio * Math.exp(-implied.band), implied.ratio * Math.exp(implied.band)];
  const ratio = Math.min(most, Math.max(least, measured));
  return { ratio, contradicted: ratio !== measured };
}

/** Logarithm of what the middle piece of a day is of the same piece of another. */
function middleChange(early: Float64Array, late: Float64Array): number | undefined {
  const changes: number[] = [];
  for (let from = 0; from + PIECE_MINUTES <= MINUTES_PER_DAY; from += PIECE_MINUTES) {
    const pieceOf = (day: Float64Array) => meanKnown(day.subarray(from, from + PIECE_MINUTES));
    const change = Math.log(pieceOf(late) / pieceOf(early));
    if (Number.isFinite(change)) changes.push(change);
  }
  changes.sort((a, b) => a - b);
  return changes[Math.floor(changes.length / 2)];
}
