import { FLEET, utc } from '@evenkeel/core/explain';
import type { Minute } from '@evenkeel/core/quantities';
import { type Action, LONGEST_EVENT } from '@evenkeel/engine/answers';
import type { ExpectedEvent } from '@evenkeel/engine/ports';
import { type ConductOptions, conduct, type Stage } from '../conduct/conduct.ts';
import { given } from '../program/option-values.ts';
import { UserError } from '../program/user-error.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { actOn } from './act-on.ts';

export interface ExpectOptions extends ConductOptions {
  readonly name?: string;
  readonly factor?: number;
  readonly from?: Minute;
  readonly until?: Minute;
  readonly cancel?: string;
  readonly note?: string;
}

/** `evenkeel expect`: announces demand, takes it back, or says what is announced. */
export async function runExpect(workload: string, options: ExpectOptions, terminal: Terminal): Promise<void> {
  await conduct({
    workload,
    options,
    terminal,
    act: (stage) =>
      isQuestion(options)
        ? announced(workload, stage)
        : actOn(stage, terminal, wishOf(workload, options, stage)),
  });
}

function isQuestion({ name, factor, from, until, cancel }: ExpectOptions): boolean {
  return [name, factor, from, until, cancel].every((each) => each === undefined);
}

async function announced(workload: string, { ports, now }: Stage): Promise<string> {
  const { expected } = await ports.settings.load(workload);
  const ahead = expected.filter(({ until }) => until > now).toSorted((a, b) => a.from - b.from);
  if (ahead.length === 0) return `Nothing is announced for ${workload}.`;
  return [`Announced for ${workload}:`, ...ahead.map((event) => `  ${lineOf(event)}`)].join('\n');
}

function lineOf({ name, from, until, factor, add, by }: ExpectedEvent): string {
  const much = add === undefined ? `${factor} times the usual` : `${add} instances on top`;
  return `${name}: ${much}, ${utc(from)} to ${utc(until)}${by === undefined ? '' : `, by ${by}`}`;
}

function wishOf(workload: string, options: ExpectOptions, stage: Stage) {
  const action = actionOf(workload, options, stage);
  return {
    action,
    subject: { workload, group: FLEET },
    words: `expect ${workload} ${action.kind === 'expect' ? `--name ${action.name} --factor ${action.factor}` : `--cancel ${options.cancel}`}`,
    reason: options.note,
  };
}

function actionOf(
  workload: string,
  options: ExpectOptions,
  { now, by }: Stage,
): Action & { kind: 'expect' | 'cancel-expected' } {
  if (options.cancel !== undefined) return { kind: 'cancel-expected', workload, name: options.cancel, by };
  const factor = given(
    options.factor,
    '--factor',
    'write how many times the usual demand, such as --factor 3',
  );
  const from = given(options.from, '--from', 'write when it begins, such as --from 2026-11-27T09:00');
  const until = given(options.until, '--until', 'write when it ends, such as --until 2026-11-27T18:00');
  if (until <= from) throw new UserError('--until must be later than --from.');
  if (until <= now) throw new UserError(`that was over at ${utc(until)}; --until must lie ahead.`);
  if (until - from > LONGEST_EVENT)
    throw new UserError('an expected event lasts at most 14 days; announce it in parts.');
  return { kind: 'expect', workload, name: options.name ?? 'event', factor, from, until, by };
}
