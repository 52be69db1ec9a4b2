import { DAYS_PER_MONTH, MINUTES_PER_DAY, MINUTES_PER_HOUR } from '@evenkeel/core/quantities';
import type { Score, Tally } from '@evenkeel/core/replay';
import { lossFactor } from '@evenkeel/core/workload';
import type { GroupRef } from '@evenkeel/engine/ports';
import { type OwnerRun, ownerRun, type Region } from '@evenkeel/twin';
import { DEMO_ENDS, EVENKEEL_BEGINS } from './calendar.ts';
import type { DemoTypes } from './demo-types.ts';
import type { DemoWorkload } from './workload.ts';

/** What the two lived weeks came to, under the owner's configuration or under Evenkeel. */
export interface Period {
  /** A month of 30 days at this rate, list price. */
  readonly dollarsPerMonth: number;
  readonly hotMinutes: number;
  readonly launchesPerDay: number;
  readonly riskAdjustedCost: number;
}

/** One workload's two weeks: as its owner had set it up, and as they went, on the same demand. */
export interface BeforeAfterRow {
  readonly workload: string;
  readonly before: Period;
  readonly after: Period;
}

/** The accounts of every workload, in the order given; the region must have been lived to the end of the demo. */
export function beforeAndAfter(
  region: Region,
  workloads: readonly DemoWorkload[],
  types: DemoTypes,
): readonly BeforeAfterRow[] {
  return region.refs().map((ref, index) => {
    const workload = workloads[index] as DemoWorkload;
    const accounts = (of: Pick<OwnerRun, 'tally' | 'score'>): Period =>
      period(
        of.tally(EVENKEEL_BEGINS, DEMO_ENDS),
        of.score(EVENKEEL_BEGINS, DEMO_ENDS, lossFactor(workload.tier)),
        workload.dollarsPerHour,
      );
    const dearer = newInstanceMinutes(region, ref, workload, types);
    return {
      workload: workload.name,
      before: accounts(ownerRun(region.group(ref))),
      after: corrected(accounts(region.history(ref)), region.history(ref), dearer, workload.dollarsPerHour),
    };
  });
}

/** Instance-minutes of another type than the first, in the price of the first: what they cost more, negative where they cost less. */
function newInstanceMinutes(
  region: Region,
  ref: GroupRef,
  { instanceType, name }: DemoWorkload,
  { priceOf }: DemoTypes,
): number {
  const { mix, start } = region.group(ref);
  // One change a workload is all that two weeks have room for: a week lies between two.
  const started = region.ports.ledger
    .all()
    .map(({ decision, workload }) =>
      workload === name && decision?.kind === 'shape-started' ? decision : undefined,
    )
    .find((decision) => decision !== undefined);
  const [type] = started?.to.types ?? [];
  if (!mix || type === undefined) return 0;
  const minutes = mix.changedAt.subarray(EVENKEEL_BEGINS - start).reduce((sum, count) => sum + count, 0);
  return minutes * (priceOf(type) / priceOf(instanceType) - 1);
}

/** The period with what instances of another type cost more. */
function corrected(
  counted: Period,
  history: Pick<OwnerRun, 'tally' | 'score'>,
  dearer: number,
  dollarsPerHour: number,
): Period {
  if (dearer === 0) return counted;
  const { billed, minutes } = history.tally(EVENKEEL_BEGINS, DEMO_ENDS);
  const { billedRatio } = history.score(EVENKEEL_BEGINS, DEMO_ENDS, 0);
  const days = minutes / MINUTES_PER_DAY;
  const dollars = ((dearer / MINUTES_PER_HOUR) * dollarsPerHour * DAYS_PER_MONTH) / days;
  return {
    ...counted,
    dollarsPerMonth: counted.dollarsPerMonth + dollars,
    riskAdjustedCost: counted.riskAdjustedCost + (dearer * billedRatio) / billed,
  };
}

function period(sums: Tally, score: Score, dollarsPerHour: number): Period {
  const instanceHours = sums.billed / MINUTES_PER_HOUR;
  const days = sums.minutes / MINUTES_PER_DAY;
  return {
    dollarsPerMonth: (instanceHours * dollarsPerHour * DAYS_PER_MONTH) / days,
    hotMinutes: sums.hotMinutes,
    launchesPerDay: score.launchesPerDay,
    riskAdjustedCost: score.riskAdjustedCost,
  };
}
