import { type Instant, type Minutes, MS_PER_MINUTE } from '@evenkeel/core/quantities';

/**
 * What a workflow runs on: a durable function, a simulated region, a test. A step's result is kept, so that a workflow that starts again
 * after its process died goes on after the last step that ended; a step that did not end is done again. Results are plain JSON.
 */
export interface Steps {
  step<Value>(name: string, work: () => Promise<Value>): Promise<Value>;
  wait(name: string, minutes: Minutes): Promise<void>;
  /**
   * Asks, then waits until it is answered or the minutes have passed. `ask` gets the address to call back, where the runner has one;
   * what the answer was is read afterwards, from where answers are kept.
   */
  waitForAnswer(
    name: string,
    question: {
      readonly minutes: Minutes;
      readonly ask: (callback: string | undefined) => Promise<void>;
      readonly answered: () => Promise<boolean>;
    },
  ): Promise<void>;
}

/** What a workflow that has died left behind: results of steps by name. A Map is one; one that survives the process writes before `set` resolves. */
export interface Journal {
  get(name: string): string | undefined;
  set(name: string, result: string): unknown;
}

/** A step's end, for tests that kill a workflow there. */
export type StepHook = (name: string) => void;

const ASKED_EVERY: Minutes = 5;

/**
 * Steps in one process, paced by whoever moves time: `pump` wakes the workflows whose waits are over and resolves when all of them wait again
 * or have ended.
 */
export interface PacedSteps {
  /** Steps of one workflow; with the journal of a dead one it goes on where that ended. */
  steps(journal: Journal, after?: StepHook): Steps;
  /** Runs a workflow up to its first wait. */
  begin<Value>(workflow: () => Promise<Value>): Promise<void>;
  pump(): Promise<void>;
  /** Workflows that have not ended. */
  readonly running: () => number;
  /** What workflows rejected with. */
  readonly failures: readonly unknown[];
}

interface Sleeper {
  readonly until: number;
  readonly wake: () => void;
}

export function createPacedSteps(now: () => Instant): PacedSteps {
  let sleepers: Sleeper[] = [];
  let busy = 0;
  let running = 0;
  let idle: (() => void)[] = [];
  const failures: unknown[] = [];
  const rest = (): void => {
    busy -= 1;
    if (busy > 0) return;
    const waiting = idle;
    idle = [];
    for (const resolve of waiting) resolve();
  };
  const allAtRest = (): Promise<void> =>
    busy === 0 ? Promise.resolve() : new Promise((resolve) => idle.push(resolve));
  const sleep = (until: number): Promise<void> => {
    if (until <= now()) return Promise.resolve();
    return new Promise((resolve) => {
      sleepers.push({
        until,
        wake: () => {
          busy += 1;
          resolve();
        },
      });
      rest();
    });
  };
  return {
    failures,
    running: () => running,
    async begin(workflow) {
      busy += 1;
      running += 1;
      workflow()
        .catch((error: unknown) => failures.push(error))
        .finally(() => {
          running -= 1;
          rest();
        });
      await allAtRest();
    },
    async pump() {
      for (;;) {
        const due = sleepers.filter(({ until }) => until <= now());
        if (due.length === 0) return;
        sleepers = sleepers.filter((each) => !due.includes(each));
        for (const { wake } of due) wake();
        await allAtRest();
      }
    },
    steps: (journal, after) => stepsOn({ journal, now, sleep, after: after ?? (() => {}) }),
  };
}

function stepsOn(options: {
  readonly journal: Journal;
  readonly now: () => Instant;
  readonly sleep: (until: number) => Promise<void>;
  readonly after: StepHook;
}): Steps {
  const { journal, now, sleep, after } = options;
  const step: Steps['step'] = async <Value>(name: string, work: () => Promise<Value>): Promise<Value> => {
    const known = journal.get(name);
    if (known !== undefined) return JSON.parse(known) as Value;
    const result = JSON.stringify((await work()) ?? null);
    // A process that dies here has done the work and does not know it: the step is done again.
    after(`${name}, unrecorded`);
    await journal.set(name, result);
    after(name);
    return JSON.parse(result) as Value;
  };
  const endOf = (name: string, minutes: Minutes): Promise<number> =>
    step(`${name} (until)`, async () => now() + minutes * MS_PER_MINUTE);
  return {
    step,
    async wait(name, minutes) {
      await sleep(await endOf(name, minutes));
    },
    async waitForAnswer(name, { minutes, ask, answered }) {
      const end = await endOf(name, minutes);
      await step(`${name} (ask)`, () => ask(undefined));
      while (now() < end && !(await answered())) {
        await sleep(Math.min(end, now() + ASKED_EVERY * MS_PER_MINUTE));
      }
    },
  };
}
