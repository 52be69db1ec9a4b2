import { Worker } from 'node:worker_threads';

export interface PoolOptions<Task> {
  /** A module that answers each task it is sent with one result (`answerTasks`). */
  readonly module: URL;
  readonly tasks: readonly Task[];
  readonly workers: number;
  /** Called when a task is done. */
  readonly onDone?: (task: Task, done: number) => void;
}

/** What a worker answers: the result, or the message of what went wrong. */
export type Answer<Result> = { readonly result: Result } | { readonly error: string };

/**
 * Runs tasks on worker threads, each worker taking the next task when it is free. Gives the results in the order of the
 * tasks. Rejects with the first error and stops the workers.
 */
export async function runTasks<Task, Result>(options: PoolOptions<Task>): Promise<readonly Result[]> {
  const results: Result[] = [];
  let next = 0;
  let done = 0;
  const serve = async (worker: Worker): Promise<void> => {
    while (next < options.tasks.length) {
      const index = next++;
      const task = options.tasks[index] as Task;
      results[index] = await ask<Task, Result>(worker, task);
      done += 1;
      options.onDone?.(task, done);
    }
  };
  const count = Math.min(options.workers, options.tasks.length);
  const workers = Array.from({ length: count }, () => new Worker(options.module));
  try {
    await Promise.all(workers.map(serve));
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
  return results;
}

function ask<Task, Result>(worker: Worker, task: Task): Promise<Result> {
  return new Promise((resolve, reject) => {
    const settle = (): void => {
      worker.off('message', onMessage);
      worker.off('error', onError);
    };
    const onMessage = (answer: Answer<Result>): void => {
      settle();
      if ('error' in answer) reject(new Error(answer.error));
      else resolve(answer.result);
    };
    const onError = (error: Error): void => {
      settle();
      reject(error);
    };
    worker.on('message', onMessage);
    worker.on('error', onError);
    worker.postMessage(task);
  });
}
