import { loadCatalog } from '@evenkeel/catalog';
import { benchEntries, benchShapes, type ShapeScore } from '@evenkeel/core/shape';
import { lossFactor } from '@evenkeel/core/workload';
import type { BenchShapesOptions } from '../commands/bench-shapes.ts';
import { given } from '../program/option-values.ts';
import { table } from '../render/table.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { type InstanceTrace, readInstanceTraces } from './read-instance-traces.ts';

/** The prices of the protocol. */
const REGION = 'us-east-1';
/** The tier of the protocol: loss factor 30. */
const TIER = 1;

export interface ShapeResult extends ShapeScore {
  readonly trace: string;
}

export interface ShapeMean extends Pick<ShapeScore, 'policy' | 'arch' | 'riskAdjustedCost'> {}

/** `bench shapes`: prints every trace with every policy, and the geometric means, as a table or as JSON. */
export async function runBenchShapes(options: BenchShapesOptions, terminal: Terminal): Promise<void> {
  const path = given(options.traces, '--traces', 'write evenkeel bench shapes --traces FOLDER');
  const traces = await readInstanceTraces(path, terminal.folder);
  const results = await measureShapes(traces);
  const geomean = meansOf(results);
  if (options.json) terminal.out(`${JSON.stringify({ results, geomean }, null, 2)}\n`);
  else terminal.out(report(results, geomean));
}

/** Every policy on every trace, with the catalogue's prices. */
export async function measureShapes(traces: readonly InstanceTrace[]): Promise<readonly ShapeResult[]> {
  const { entries } = await loadCatalog(REGION);
  const choice = benchEntries(entries);
  return traces.flatMap((trace) =>
    benchShapes(trace, choice, lossFactor(TIER)).map((score) => ({ trace: trace.name, ...score })),
  );
}

/** The geometric mean over traces of each policy and architecture, in the order of the results. */
export function meansOf(results: readonly ShapeResult[]): readonly ShapeMean[] {
  const groups = Map.groupBy(results, ({ policy, arch }) => `${arch} ${policy}`);
  return [...groups.values()].map((group) => {
    const { policy, arch } = group[0]!;
    const logs = group.reduce((sum, { riskAdjustedCost }) => sum + Math.log(riskAdjustedCost), 0);
    return { policy, arch, riskAdjustedCost: Math.exp(logs / group.length) };
  });
}

function report(results: readonly ShapeResult[], means: readonly ShapeMean[]): string {
  const rows = results.map(({ trace, arch, policy, count, shape, riskAdjustedCost, hotPercent }) => [
    trace,
    arch,
    policy,
    `${count} x ${shape}`,
    riskAdjustedCost.toFixed(3),
    `${hotPercent.toFixed(2)} %`,
  ]);
  const every = table(
    [
      { title: 'trace' },
      { title: 'types' },
      { title: 'policy' },
      { title: 'shape' },
      { title: 'risk-adjusted cost', align: 'right' },
      { title: 'hot', align: 'right' },
    ],
    rows,
  );
  const mean = table(
    [{ title: 'policy' }, { title: 'types' }, { title: 'geometric mean', align: 'right' }],
    means.map(({ policy, arch, riskAdjustedCost }) => [policy, arch, riskAdjustedCost.toFixed(3)]),
  );
  return `${every}\n${mean}\nAgainst the best choice of hindsight over all types (1.0), loss factor 30.\n`;
}
