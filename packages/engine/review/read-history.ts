import type { DemandSeries } from '@evenkeel/core/demand';
import { MINUTES_PER_DAY, type Minute } from '@evenkeel/core/quantities';
import { HISTORY_DAYS } from '@evenkeel/core/replay';
import type { WorkloadPolicy } from '@evenkeel/core/workload';
import type { DemandReading } from '../ports/index.ts';
import type { Run } from '../run/run.ts';
import { siblingsSince, sumSeries } from '../run/series.ts';
import { inInstancesOf, inTodaysUnits, ratiosFor } from '../run/shape-units.ts';

/** What a review learns from: the group's own history, and that of its series (S17). */
export interface History {
  readonly own: DemandReading;
  readonly series: DemandReading;
}

/** Visible demand of the last 28 days, from a day boundary on; of every group that was part of the series in that time. */
export async function readHistory(run: Run, policy: WorkloadPolicy): Promise<History> {
  const { ports, group, minute } = run;
  const today = Math.floor(minute / MINUTES_PER_DAY);
  const from = ((today - HISTORY_DAYS) * MINUTES_PER_DAY) as Minute;
  const own = inTodaysInstances(run, await ports.metrics.demand(group.ref, from, minute));
  const parts: DemandSeries[] = [{ ...own.demand, inService: own.inService }];
  let periodMinutes = own.periodMinutes;
  const siblings = siblingsSince(run, from);
  const [type] = group.shape.instanceTypes;
  const ratios = await ratiosFor(run, policy, { siblings, type });
  for (const sibling of siblings) {
    const reading = await ports.metrics.demand(sibling.ref, from, minute, group);
    const { demand, inService } = reading;
    parts.push(inInstancesOf(type, sibling, { demand: { ...demand, inService }, ratios }));
    if (reading.periodMinutes === 5) periodMinutes = 5;
  }
  if (parts.length === 1) return { own, series: own };
  const demand = sumSeries(parts);
  const inService = Float64Array.from(demand.inService ?? []);
  return { own, series: { demand, inService, periodMinutes } };
}

/** S22: what was measured before a change of shape, in instances of today. */
function inTodaysInstances({ record }: Run, reading: DemandReading): DemandReading {
  if (record.shapes === undefined) return reading;
  const { demand, inService } = reading;
  const convert = (values: Float64Array) => inTodaysUnits(record.shapes, demand.start, values.slice());
  return {
    ...reading,
    demand: { ...demand, values: convert(demand.values) },
    inService: convert(inService),
  };
}
