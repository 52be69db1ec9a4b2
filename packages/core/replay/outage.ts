import { MINUTES_PER_DAY, MINUTES_PER_HOUR } from '../quantities.ts';
import { evenkeel, type Outage, OWN_TARGET } from './evenkeel.ts';
import { type Run, replay } from './kernel.ts';
import { oracleBill, score, tally } from './scores.ts';
import type { Trace } from './trace.ts';
import { track } from './track.ts';
import type { World } from './world.ts';

export const OUTAGE_HOURS: readonly number[] = [24, 72];

/** Risk-adjusted cost of the minutes of an outage: of Evenkeel dead, of Evenkeel alive, of the owner's target tracking. */
export interface OutageRow {
  readonly hours: number;
  readonly lossFactor: number;
  /** The minute Evenkeel stands still from. */
  readonly from: number;
  readonly dead: number;
  readonly alive: number;
  readonly own: number;
}

/** What it costs when Evenkeel stands still at the worst hour: its written plan goes on, then home and the owner's target. */
export function replayOutages(options: {
  readonly trace: Trace;
  readonly world: World;
  readonly lossFactors: readonly number[];
}): readonly OutageRow[] {
  const { trace, world, lossFactors } = options;
  const own = replay({ demand: trace.demand, world, policy: track(OWN_TARGET) });
  return lossFactors.flatMap((lossFactor) => {
    const play = (outage?: Outage) => {
      const policy = evenkeel({ world, lossFactor, days: trace.days, ...(outage && { outage }) });
      return replay({ demand: trace.demand, world, policy });
    };
    const alive = play();
    return OUTAGE_HOURS.flatMap((hours): readonly OutageRow[] => {
      const outage = worstOutage(trace, hours);
      if (!outage) return [];
      const costOf = (run: Run) => costDuring(run, trace, outage, lossFactor);
      return [
        {
          hours,
          lossFactor,
          from: outage.from,
          dead: costOf(play(outage)),
          alive: costOf(alive),
          own: costOf(own),
        },
      ];
    });
  });
}

function costDuring(run: Run, { demand }: Trace, { from, minutes }: Outage, lossFactor: number): number {
  const to = from + minutes;
  const oracle = oracleBill(run.world, demand, from, to);
  return score(tally(run, demand, from, to), oracle, lossFactor).riskAdjustedCost;
}

/**
 * The worst hour to stand still from: the one after which demand rises most above its present level within a day. There
 * is none where the scored part is shorter than the outage.
 */
export function worstOutage({ demand, historyDays }: Trace, hours: number): Outage | undefined {
  const minutes = hours * MINUTES_PER_HOUR;
  let worst: Outage | undefined;
  let most = 0;
  for (let from = historyDays * MINUTES_PER_DAY; from + minutes <= demand.length; from += MINUTES_PER_HOUR) {
    let highest = 0;
    for (let m = from; m < from + MINUTES_PER_DAY; m++) highest = Math.max(highest, demand[m]!);
    const rise = highest - demand[from]!;
    if (worst && rise <= most) continue;
    worst = { from, minutes };
    most = rise;
  }
  return worst;
}
