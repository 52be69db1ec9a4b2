import { availableParallelism } from 'node:os';
import type { BenchOptions } from '../commands/bench.ts';
import { given } from '../program/option-values.ts';
import { elapsed } from '../render/elapsed.ts';
import { COST_LEGEND } from '../render/legend.ts';
import { painter } from '../render/paint.ts';
import { progress } from '../render/progress.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { readTraces } from '../trace/read-traces.ts';
import { benchReport } from './bench-report.ts';
import type { BenchRow } from './bench-row.ts';
import type { BenchTask } from './bench-task.ts';
import { benchTasks } from './bench-tasks.ts';
import { geometricMeans } from './summarise.ts';
import { runTasks } from './worker-pool.ts';

const REDRAW_MS = 200;

/** Plays every trace of a folder on all cores and prints the report, or the rows and means as JSON. */
export async function runBench(options: BenchOptions, terminal: Terminal): Promise<void> {
  const startedAt = terminal.elapsed();
  const folder = given(options.traces, '--traces', 'write evenkeel bench --traces FOLDER');
  const files = await readTraces(folder, terminal.folder);
  const { scenario, startup: startups, liveRules = false } = options;
  const tasks = benchTasks({ files, startups, liveRules, ...(scenario && { scenario }) });
  const rows = (await play(tasks, terminal)).flat();
  if (options.json) {
    terminal.out(`${JSON.stringify({ results: rows, geomean: geometricMeans(rows) }, rounded, 1)}\n`);
    return;
  }
  const world = `${scenario ?? 'plain'} world${liveRules ? ' with live rules' : ''}`;
  const time = elapsed(terminal.elapsed() - startedAt);
  terminal.out(`\n${benchReport(rows, painter(terminal.colour))}\n\n`);
  terminal.out(`${files.length} traces of ${folder}, ${world}, ${time}.\n\n${COST_LEGEND}\n`);
}

/** Longest traces first, so that no core idles at the end; the results come back in the order of the tasks. */
async function play(tasks: readonly BenchTask[], terminal: Terminal): Promise<readonly BenchRow[][]> {
  const order = tasks.map((_, index) => index).toSorted((a, b) => minutesOf(tasks, b) - minutesOf(tasks, a));
  const bar = progress(terminal, { label: 'bench', total: tasks.length });
  let note = 'the longest traces first';
  let finished = 0;
  const redraw = setInterval(() => bar.update(finished, note), REDRAW_MS);
  try {
    const results = await runTasks<BenchTask, BenchRow[]>({
      module: new URL('./bench-worker.ts', import.meta.url),
      tasks: order.map((index) => tasks[index] as BenchTask),
      workers: availableParallelism(),
      onDone: (task, done) => {
        finished = done;
        note = `${task.name}, start-up ${task.startup} min`;
      },
    });
    return tasks.map((_, index) => results[order.indexOf(index)] as BenchRow[]);
  } finally {
    clearInterval(redraw);
    bar.finish();
  }
}

function minutesOf(tasks: readonly BenchTask[], index: number): number {
  return tasks[index]?.trace.demand.length ?? 0;
}

const DECIMALS = 6;

/** Six decimals are more than any figure is worth, and keep the file small. */
function rounded(_key: string, value: unknown): unknown {
  return typeof value === 'number' ? Number(value.toFixed(DECIMALS)) : value;
}
