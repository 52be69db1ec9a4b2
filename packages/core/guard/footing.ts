import { meanKnown } from '../demand/mean-known.ts';
import type { DemandSeries } from '../demand/series.ts';
import { seriesEnd } from '../demand/series.ts';
import type { Excuse } from '../explain/excuse.ts';
import type { CapacityUnits, Minute } from '../quantities.ts';

/** What the demand that was read is worth. `sound`: it may be acted on, downwards too. */
export type DataFooting =
  | { readonly kind: 'sound'; readonly demandNow: CapacityUnits; readonly demand: DemandSeries }
  | { readonly kind: 'untrusted'; readonly excuse: Excuse; readonly demand: DemandSeries };

/** How old the newest datapoint may be, by how far apart datapoints are. */
const STALE_AFTER = { 1: 8, 5: 15 } as const;
// A CPU metric saturates at one; a little more is noise of sums and counts.
const HIGHEST_UTILISATION = 1.1;
// Demand that falls to nothing within minutes is a broken agent or a broken service, not an idle one.
const NOTHING = 1e-3;
const BUSY_UTILISATION = 0.1;
const SUDDEN_MINUTES = 15;

/**
 * Judges the demand read at a tick (S6). Implausible values become missing ones, so that nothing downstream sees them.
 * @param demand visible demand a minute, NaN where missing
 * @param inService instances that reported in the same minutes, NaN where unknown
 * @param now the tick's minute
 */
export function judgeDemand(
  demand: DemandSeries,
  inService: Float64Array,
  now: Minute,
  periodMinutes: 1 | 5,
): DataFooting {
  const values = demand.values.map((value, i) => (isPlausible(value, inService[i]) ? value : Number.NaN));
  const cleaned: DemandSeries = { start: demand.start, values, inService };
  const newest = values.findLastIndex((value) => !Number.isNaN(value));
  const untrusted = (excuse: Excuse): DataFooting => ({ kind: 'untrusted', excuse, demand: cleaned });
  const implausible = demand.values.findLastIndex(
    (value, i) => !Number.isNaN(value) && Number.isNaN(values[i]),
  );
  if (implausible > newest) {
    const facts = { demand: demand.values[implausible]!, inService: inService[implausible] ?? Number.NaN };
    return untrusted({ code: 'implausible-demand', bottleneck: 'CPUUtilization', facts: finite(facts) });
  }
  if (newest < 0) {
    const minutes = seriesEnd(demand) - demand.start;
    return untrusted({ code: 'missing-metrics', bottleneck: 'CPUUtilization', facts: { minutes } });
  }
  const age = now - (demand.start + newest);
  if (age > STALE_AFTER[periodMinutes]) {
    return untrusted({ code: 'stale-metrics', bottleneck: 'CPUUtilization', facts: { ageMinutes: age } });
  }
  const before = meanOrNone(
    values.subarray(Math.max(0, newest - 2 * SUDDEN_MINUTES), Math.max(0, newest - SUDDEN_MINUTES)),
  );
  const demandNow = values[newest]!;
  if (demandNow <= NOTHING && before > BUSY_UTILISATION * (inService[newest] || 1)) {
    const facts = { demand: demandNow, before: Number(before.toFixed(2)) };
    return untrusted({ code: 'implausible-demand', bottleneck: 'CPUUtilization', facts });
  }
  return { kind: 'sound', demandNow, demand: cleaned };
}

/** Demand counts as falling when its newest minutes are this much below the highest of the last hour. */
const FALLEN_SHARE = 0.8;
const LOOK_BACK_MINUTES = 60;
const NEWEST_MINUTES = 5;

/** Whether demand (NaN where missing) has come down within the last hour. */
export function isFalling({ values }: DemandSeries): boolean {
  const hour = values.subarray(Math.max(0, values.length - LOOK_BACK_MINUTES));
  let highest = 0;
  let newest = 0;
  for (let i = 0; i < hour.length; i += NEWEST_MINUTES) {
    const end = hour.length - i;
    const mean = meanOrNone(hour.subarray(Math.max(0, end - NEWEST_MINUTES), end));
    if (i === 0) newest = mean;
    highest = Math.max(highest, mean);
  }
  return newest < FALLEN_SHARE * highest;
}

function isPlausible(value: number, inService: number | undefined): boolean {
  if (!(value >= 0 && value < Number.POSITIVE_INFINITY)) return false;
  return !(inService !== undefined && inService > 0 && value > HIGHEST_UTILISATION * inService);
}

/** Nothing known counts as no demand: it is only asked whether there was more. */
function meanOrNone(values: Float64Array): number {
  return meanKnown(values) || 0;
}

function finite(facts: Readonly<Record<string, number>>): Record<string, number | string> {
  return Object.fromEntries(
    Object.entries(facts).map(([key, value]) => [key, Number.isFinite(value) ? value : 'not a number']),
  );
}
