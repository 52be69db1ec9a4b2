import type { BenchOptions } from '../commands/bench.ts';
import { given } from '../program/option-values.ts';
import { elapsed } from '../render/elapsed.ts';
import { COST_LEGEND } from '../render/legend.ts';
import { painter } from '../render/paint.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { readTraces } from '../trace/read-traces.ts';
import { benchReport } from './bench-report.ts';
import type { BenchRow } from './bench-row.ts';
import type { BenchTask } from './bench-task.ts';
import { benchTasks } from './bench-tasks.ts';
import { outageMeans, outageReport } from './outage-report.ts';
import type { OutageRow } from './outage-task.ts';
import { playTasks } from './play-tasks.ts';
import { geometricMeans } from './summarise.ts';

const BENCH_WORKER = new URL('./bench-worker.ts', import.meta.url);
const OUTAGE_WORKER = new URL('./outage-worker.ts', import.meta.url);

/** Plays every trace of a folder on all cores and prints the report, or the rows and means as JSON. */
export async function runBench(options: BenchOptions, terminal: Terminal): Promise<void> {
  const startedAt = terminal.elapsed();
  const folder = given(options.traces, '--traces', 'write evenkeel bench --traces FOLDER');
  const files = await readTraces(folder, terminal.folder);
  const { scenario, startup: startups, liveRules = false } = options;
  const tasks = benchTasks({ files, startups, liveRules, ...(scenario && { scenario }) });
  const told = await (options.outage ? playOutages(tasks, terminal) : playPolicies(tasks, terminal));
  if (options.json) {
    terminal.out(`${JSON.stringify(told.json, rounded, 1)}\n`);
    return;
  }
  const world = `${scenario ?? 'plain'} world${liveRules ? ' with live rules' : ''}`;
  const time = elapsed(terminal.elapsed() - startedAt);
  terminal.out(
    `\n${told.report}\n${files.length} traces of ${folder}, ${world}, ${time}.\n\n${COST_LEGEND}\n`,
  );
}

/** A finished bench, for people and for scripts. */
interface Told {
  readonly report: string;
  readonly json: unknown;
}

async function playPolicies(tasks: readonly BenchTask[], terminal: Terminal): Promise<Told> {
  const rows = (await playTasks<readonly BenchRow[]>(BENCH_WORKER, tasks, terminal)).flat();
  const json = { results: rows, geomean: geometricMeans(rows) };
  return { json, report: benchReport(rows, painter(terminal.colour)) };
}

async function playOutages(tasks: readonly BenchTask[], terminal: Terminal): Promise<Told> {
  const rows = (await playTasks<readonly OutageRow[]>(OUTAGE_WORKER, tasks, terminal)).flat();
  return {
    json: { outages: rows, means: outageMeans(rows) },
    report: outageReport(rows, painter(terminal.colour)),
  };
}

const DECIMALS = 6;

/** Six decimals are more than any figure is worth, and keep the file small. */
function rounded(_key: string, value: unknown): unknown {
  return typeof value === 'number' ? Number(value.toFixed(DECIMALS)) : value;
}
