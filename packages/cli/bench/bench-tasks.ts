import {
  LATE_FLOORS,
  roughen,
  SLOW_METRICS,
  SLOW_WORLD,
  type Trace,
  type World,
} from '@evenkeel/core/replay';
import type { ScenarioName } from '../commands/bench.ts';
import { prepare } from '../trace/prepare.ts';
import type { TraceFile } from '../trace/trace-file.ts';
import type { BenchTask } from './bench-task.ts';

/** Fleets of the scenario `fleet`: figures must hardly depend on how many instances the peak needs. */
const OTHER_FLEETS = [29, 57] as const;

/** How each scenario's world differs from the plain one; rough and fleet differ in demand. */
const CHANGES: Readonly<Record<ScenarioName, Partial<World>>> = {
  rough: {},
  'aws-slow': SLOW_WORLD,
  'slow-metrics': SLOW_METRICS,
  'late-floors': LATE_FLOORS,
  fleet: {},
};

export interface TaskOptions {
  readonly files: readonly TraceFile[];
  readonly startups: readonly number[];
  readonly scenario?: ScenarioName;
  readonly liveRules: boolean;
}

/** Every trace at every start-up time in the worlds of the scenario. */
export function benchTasks(options: TaskOptions): readonly BenchTask[] {
  const { files, startups, scenario, liveRules } = options;
  const fleets = scenario === 'fleet' ? OTHER_FLEETS : [undefined];
  return fleets.flatMap((fleet) => {
    const traces = files.map((file) => inScenario(prepare(file, fleet), scenario));
    return startups.flatMap((startup) =>
      files.map(({ name }, index) => ({
        name,
        trace: traces[index] as Trace,
        startup,
        changes: scenario === undefined ? {} : CHANGES[scenario],
        liveRules,
        ...(fleet !== undefined && { fleet }),
      })),
    );
  });
}

function inScenario(trace: Trace, scenario: ScenarioName | undefined): Trace {
  return scenario === 'rough' ? roughen(trace) : trace;
}
