import { uncensored } from '@evenkeel/core/demand';
import { MINUTES_PER_DAY, type Minute } from '@evenkeel/core/quantities';
import { fillGaps } from '@evenkeel/core/replay';
import type { DemandReading } from '../ports/index.ts';
import type { Measured } from './group-scan.ts';

/** A group's history in whole days, ready to be replayed. */
export interface ScanHistory {
  readonly start: Minute;
  readonly days: number;
  /** What was plausibly asked of the group, capacity units a minute, gaps bridged. */
  readonly demand: Float64Array;
  /** What was read: visible demand, and instances in service; NaN where there was no datapoint. */
  readonly visible: Float64Array;
  readonly inService: Float64Array;
  readonly periodMinutes: 1 | 5;
}

/** From the first whole day on that has values: what was before the group's time is no demand of zero. */
export function wholeDays({ demand, inService, periodMinutes }: DemandReading): ScanHistory {
  const first = demand.values.findIndex((value) => !Number.isNaN(value));
  const last = demand.values.findLastIndex((value) => !Number.isNaN(value));
  const start = (Math.ceil((demand.start + Math.max(0, first)) / MINUTES_PER_DAY) *
    MINUTES_PER_DAY) as Minute;
  const end = demand.start + last + 1;
  const days = first < 0 ? 0 : Math.max(0, Math.round((end - start) / MINUTES_PER_DAY));
  const part = (values: Float64Array): Float64Array => {
    const out = new Float64Array(days * MINUTES_PER_DAY).fill(Number.NaN);
    out.set(values.subarray(start - demand.start, start - demand.start + out.length));
    return out;
  };
  const visible = part(demand.values);
  const serving = part(inService);
  const filled = fillGaps({ start, values: visible }, start, visible.length);
  return {
    start,
    days,
    demand: uncensored(filled, serving),
    visible,
    inService: serving,
    periodMinutes,
  };
}

/** What was measured; undefined where there is not a whole day. */
export function scanHistory(history: ScanHistory, sloUtilisation: number): Measured | undefined {
  const { visible, inService, days } = history;
  let minutes = 0;
  let capacity = 0;
  let busy = 0;
  let idle = 0;
  let hotMinutes = 0;
  let highestNeed = 0;
  visible.forEach((demand, at) => {
    const serving = inService[at]!;
    if (Number.isNaN(demand) || !(serving > 0)) return;
    const need = demand / sloUtilisation;
    minutes += 1;
    capacity += serving;
    busy += demand;
    idle += Math.max(0, serving - need);
    if (need > serving + 1e-9) hotMinutes += 1;
    highestNeed = Math.max(highestNeed, need);
  });
  if (minutes === 0) return undefined;
  return {
    days,
    meanInService: capacity / minutes,
    meanUtilisation: busy / capacity,
    highestNeed,
    hotMinutesPerDay: (hotMinutes * MINUTES_PER_DAY) / minutes,
    idleShare: idle / capacity,
  };
}
