import { createWorld, LOSS_FACTORS, type OutageRow as Outage, replayOutages } from '@evenkeel/core/replay';
import type { BenchTask } from './bench-task.ts';

/** What an outage of Evenkeel at the worst hour of a trace costs. */
export interface OutageRow extends Outage {
  readonly trace: string;
  readonly startup: number;
}

/** Plays the outages of one trace, for all loss factors. */
export function runOutageTask({ name, trace, startup }: BenchTask): readonly OutageRow[] {
  const rows = replayOutages({ trace, world: createWorld({ startup }), lossFactors: LOSS_FACTORS });
  return rows.map((row) => ({ trace: name, startup, ...row }));
}
