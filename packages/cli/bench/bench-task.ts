import { benchTrace, createWorld, LIVE_PACING, type Trace, type World } from '@evenkeel/core/replay';
import type { BenchRow } from './bench-row.ts';

/** One trace in one world: what a worker does at a time. Plain data, so that it can be sent. */
export interface BenchTask {
  readonly name: string;
  readonly trace: Trace;
  /** Minutes from launch until an instance serves. */
  readonly startup: number;
  /** How the world differs from the plain one. */
  readonly changes: Partial<World>;
  /** The pacing that protects a live group. */
  readonly liveRules: boolean;
  readonly fleet?: number;
}

/** Plays all policies of one task, for all loss factors. */
export function runBenchTask(task: BenchTask): readonly BenchRow[] {
  const { name, trace, startup, changes, liveRules, fleet } = task;
  const rows = benchTrace({
    trace,
    world: createWorld({ startup, ...changes }),
    ...(liveRules && { pacing: LIVE_PACING }),
  });
  return rows.map((row) => ({ trace: name, startup, ...(fleet !== undefined && { fleet }), ...row }));
}
