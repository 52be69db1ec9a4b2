import { MINUTES_PER_DAY, MINUTES_PER_HOUR } from '@evenkeel/core/quantities';
import type { Score, Tally } from '@evenkeel/core/replay';
import { lossFactor } from '@evenkeel/core/workload';
import { type OwnerRun, ownerRun, type Region } from '@evenkeel/twin';
import { DEMO_ENDS, EVENKEEL_BEGINS } from './calendar.ts';
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

const DAYS_PER_MONTH = 30;

/** The accounts of every workload, in the order given; the region must have been lived to the end of the demo. */
export function beforeAndAfter(
  region: Region,
  workloads: readonly DemoWorkload[],
): readonly BeforeAfterRow[] {
  return region.refs().map((ref, index) => {
    const workload = workloads[index] as DemoWorkload;
    const accounts = (of: Pick<OwnerRun, 'tally' | 'score'>): Period =>
      period(
        of.tally(EVENKEEL_BEGINS, DEMO_ENDS),
        of.score(EVENKEEL_BEGINS, DEMO_ENDS, lossFactor(workload.tier)),
        workload.dollarsPerHour,
      );
    return {
      workload: workload.name,
      before: accounts(ownerRun(region.group(ref))),
      after: accounts(region.history(ref)),
    };
  });
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
