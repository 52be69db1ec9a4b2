import { availableParallelism } from 'node:os';
import { progress } from '../render/progress.ts';
import type { Terminal } from '../terminal/terminal.ts';
import type { BenchTask } from './bench-task.ts';
import { runTasks } from './worker-pool.ts';

const REDRAW_MS = 200;

/**
 * Plays tasks on all cores with the worker `module`, telling how far it is. Longest traces go first, so that no core idles at
 * the end; the results come back in the order of the tasks.
 */
export async function playTasks<Result>(
  module: URL,
  tasks: readonly BenchTask[],
  terminal: Terminal,
): Promise<readonly Result[]> {
  const order = tasks.map((_, index) => index).toSorted((a, b) => minutesOf(tasks, b) - minutesOf(tasks, a));
  const bar = progress(terminal, { label: 'bench', total: tasks.length });
  let note = 'the longest traces first';
  let finished = 0;
  const redraw = setInterval(() => bar.update(finished, note), REDRAW_MS);
  try {
    const results = await runTasks<BenchTask, Result>({
      module,
      tasks: order.map((index) => tasks[index] as BenchTask),
      workers: availableParallelism(),
      onDone: (task, done) => {
        finished = done;
        note = `${task.name}, start-up ${task.startup} min`;
      },
    });
    return tasks.map((_, index) => results[order.indexOf(index)] as Result);
  } finally {
    clearInterval(redraw);
    bar.finish();
  }
}

function minutesOf(tasks: readonly BenchTask[], index: number): number {
  return tasks[index]?.trace.demand.length ?? 0;
}
