import { MINUTES_PER_DAY } from '../quantities.ts';
import { BASELINES } from './baselines/index.ts';
import { evenkeel } from './evenkeel.ts';
import { type Run, replay } from './kernel.ts';
import { oracleBill, type Score, score, type Tally, tally } from './scores.ts';
import type { Pacing } from './tournament/hold-tournament.ts';
import type { Trace } from './trace.ts';
import type { World } from './world.ts';

export const LOSS_FACTORS: readonly number[] = [3, 10, 30, 100];
export const EVENKEEL = 'evenkeel';
export const BEST_CLASSIC = 'best-classic-in-hindsight';

/** One policy on one trace at one loss factor. */
export interface BenchRow extends Score {
  readonly lossFactor: number;
  readonly policy: string;
}

export interface BenchOptions {
  readonly trace: Trace;
  readonly world: World;
  readonly lossFactors?: readonly number[];
  /** Live pacing for Evenkeel instead of none. */
  readonly pacing?: Pacing;
  /** Called after every nightly review of Evenkeel, e.g. for progress. */
  readonly onReview?: (minute: number) => void;
  /** Called with each of Evenkeel's runs, for callers that show more than its figures. */
  readonly onRun?: (run: Run) => void;
}

/** Plays Evenkeel and every baseline on a trace in one world and scores them after the history. */
export function benchTrace(options: BenchOptions): readonly BenchRow[] {
  const { trace, lossFactors = LOSS_FACTORS } = options;
  const classics = BASELINES.map(({ name, create }) => ({
    name,
    sums: scored(replayOn(options, create(options.world, trace)), trace),
  }));
  const oracle = oracleBill(options.world, trace.demand, ...scoredMinutes(trace));
  return lossFactors.flatMap((lossFactor) => {
    const row = (policy: string, sums: Tally): BenchRow => ({
      lossFactor,
      policy,
      ...score(sums, oracle, lossFactor),
    });
    const run = replayEvenkeel(options, lossFactor);
    options.onRun?.(run);
    const own = row(EVENKEEL, scored(run, trace));
    const rows = classics.map(({ name, sums }) => row(name, sums));
    const best = rows.reduce((a, b) => (b.riskAdjustedCost < a.riskAdjustedCost ? b : a));
    return [own, ...rows, { ...best, policy: BEST_CLASSIC }];
  });
}

/** One continuous run of Evenkeel over a trace, reviewing its own visible demand every night. */
export function replayEvenkeel(options: BenchOptions, lossFactor: number): Run {
  const { trace, world, pacing, onReview } = options;
  const policy = evenkeel({
    world,
    lossFactor,
    days: trace.days,
    ...(pacing && { pacing }),
    ...(onReview && { onReview: (_profile, minute) => onReview(minute) }),
  });
  return replayOn(options, policy);
}

function replayOn({ trace, world }: BenchOptions, policy: Run['policy']): Run {
  return replay({ demand: trace.demand, world, policy });
}

function scoredMinutes(trace: Trace): readonly [from: number, to: number] {
  return [trace.historyDays * MINUTES_PER_DAY, trace.demand.length];
}

function scored(run: Run, trace: Trace): Tally {
  return tally(run, trace.demand, ...scoredMinutes(trace));
}
