import type { Minute } from '@evenkeel/core/quantities';
import { oracleBill, type Score, score, type Tally, tally } from '@evenkeel/core/replay';
import type { TwinGroup } from './twin-group.ts';

/**
 * What happened in a group, minute by minute from `start` up to the last minute played. The arrays are the region's own,
 * cut to what has been played: they are to be read, not written.
 */
export interface GroupHistory {
  readonly start: Minute;
  readonly minutes: number;
  /** True demand and the visible part of it, capacity units. */
  readonly demand: Float64Array;
  readonly visible: Float64Array;
  readonly inService: Uint16Array;
  readonly starting: Uint16Array;
  readonly billed: Uint16Array;
  readonly launched: Uint16Array;
  /** The bounds in force in the minute's decision; MinSize is the floor. */
  readonly minSize: Uint16Array;
  readonly maxSize: Uint16Array;
  /** Target of target tracking in percent, 0 where there is none. */
  readonly target: Float64Array;
  /** Whether need was above what was in service. */
  isHot(at: Minute): boolean;
  /** Sums over minutes `from` (inclusive) … `to` (exclusive), by the kernel's accounts. */
  tally(from: Minute, to: Minute): Tally;
  /** The kernel's figures over the same minutes for a loss factor. */
  score(from: Minute, to: Minute, lossFactor: number): Score;
}

export function historyOf(group: TwinGroup): GroupHistory {
  const { run, recorded, demand, felt, start, home } = group;
  const minutes = run.next;
  const sums = (from: Minute, to: Minute): Tally => {
    if (from < start || to > start + minutes || from >= to) {
      throw new RangeError(`minutes ${from} … ${to} are not within the played ${start} … ${start + minutes}`);
    }
    return tally(run, felt, from - start, to - start);
  };
  return {
    start,
    minutes,
    demand: demand.subarray(0, minutes),
    visible: run.visible.subarray(0, minutes),
    inService: run.inService.subarray(0, minutes),
    starting: recorded.starting.subarray(0, minutes),
    billed: run.billed.subarray(0, minutes),
    launched: run.launched.subarray(0, minutes),
    minSize: recorded.minSize.subarray(0, minutes),
    maxSize: recorded.maxSize.subarray(0, minutes),
    target: recorded.target.subarray(0, minutes),
    isHot: (at) => felt[at - start]! / home.sloUtilisation - run.inService[at - start]! > 1e-9,
    tally: sums,
    score: (from, to, lossFactor) =>
      score(sums(from, to), oracleBill(home, demand, from - start, to - start), lossFactor),
  };
}
