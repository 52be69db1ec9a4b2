import { parentPort } from 'node:worker_threads';
import type { Answer } from './worker-pool.ts';

/** Makes this module a worker of the pool: answers each task with what `work` gives. */
export function answerTasks<Task, Result>(work: (task: Task) => Result): void {
  parentPort?.on('message', (task: Task) => {
    parentPort?.postMessage(answer(work, task));
  });
}

function answer<Task, Result>(work: (task: Task) => Result, task: Task): Answer<Result> {
  try {
    return { result: work(task) };
  } catch (error) {
    return { error: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}
