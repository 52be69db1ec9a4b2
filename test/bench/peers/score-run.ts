import { MINUTES_PER_DAY } from '@evenkeel/core/quantities';
import { oracleBill, type Run, score, type Trace, tally } from '@evenkeel/core/replay';
import type { BenchRow } from '../../../packages/cli/bench/bench-row.ts';
import { PEER_LOSS_FACTORS, type Setting } from './peer.ts';

/** The figures of one setting of a peer, for one loss factor. */
export interface PeerRow extends BenchRow {
  readonly target: number;
  /** The quantile of the floors; 0 where the peer gives no quantiles. */
  readonly quantile: number;
}

/** A finished run of a peer after the history, for every loss factor. */
export function scoreRun(
  run: Run,
  played: {
    readonly policy: string;
    readonly setting: Setting;
    readonly traceName: string;
    readonly trace: Trace;
  },
): readonly PeerRow[] {
  const { policy, setting, traceName, trace } = played;
  const { demand, historyDays } = trace;
  const span = [historyDays * MINUTES_PER_DAY, demand.length] as const;
  const oracle = oracleBill(run.world, demand, ...span);
  const sums = tally(run, demand, ...span);
  return PEER_LOSS_FACTORS.map((lossFactor) => ({
    trace: traceName,
    startup: run.world.startup,
    lossFactor,
    policy,
    ...setting,
    ...score(sums, oracle, lossFactor),
  }));
}
