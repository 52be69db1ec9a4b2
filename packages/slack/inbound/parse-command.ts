import { MINUTES_PER_DAY, type Minute } from '@evenkeel/core/quantities';
import { parseMoment } from '@evenkeel/core/workload';
import { HIGHEST_FACTOR, LONGEST_BOOST, LONGEST_EVENT, MOST_BOOST } from '@evenkeel/engine/answer-limits';
import { COMMAND_HELP, type Command } from './command.ts';
import { parseWords, type Words } from './words.ts';

/** Reads what stands behind `/evenkeel`. Times are universal; `now` is the minute of the command. */
export function parseCommand(text: string, now: Minute): Command {
  const words = parseWords(text);
  if ('problem' in words) return problem(words.problem);
  const [verb = 'help', ...rest] = words.plain;
  const name = verb.toLowerCase();
  const read = Object.hasOwn(READERS, name) ? READERS[name] : undefined;
  if (read === undefined) return problem(`There is no \`${verb}\`. ${known()}`);
  const command = read({ ...words, plain: rest }, now);
  const unread = Object.keys(words.options).filter(
    (name) => !(OPTIONS[verb.toLowerCase()] ?? []).includes(name),
  );
  if (command.kind !== 'problem' && unread.length > 0)
    return problem(`\`${verb}\` has no \`--${unread[0]}\`. ${usageOf(verb)}`);
  return command;
}

const OPTIONS: Readonly<Record<string, readonly string[]>> = {
  pause: ['all', 'for', 'note'],
  resume: ['all'],
  boost: ['add', 'factor', 'for', 'end'],
  expect: ['name', 'factor', 'from', 'until', 'cancel'],
  approve: ['note'],
  reject: ['note'],
};

type Reader = (words: Words, now: Minute) => Command;

const READERS: Readonly<Record<string, Reader>> = {
  help: () => ({ kind: 'help' }),
  status: ({ plain: [workload] }) => ({ kind: 'status', ...(workload !== undefined && { workload }) }),
  why: (words) => withWorkload('why', words, (workload) => ({ kind: 'why', workload })),
  plan: (words) => withWorkload('plan', words, (workload) => ({ kind: 'plan', workload })),
  pause: readPause,
  resume: (words) => scoped('resume', words, (scope) => ({ kind: 'resume', ...scope })),
  boost: readBoost,
  expect: readExpect,
  approve: (words) => readAnswer('approve', words),
  reject: (words) => readAnswer('reject', words),
  rollback: readRollback,
};

function readPause(words: Words): Command {
  const minutes = words.options.for === undefined ? undefined : durationOf(words.options.for);
  if (minutes === null)
    return problem(`\`--for ${words.options.for}\` is no length of time; write \`30m\`, \`4h\` or \`2d\`.`);
  const { note } = words.options;
  return scoped('pause', words, (scope) => ({
    kind: 'pause',
    ...scope,
    ...(minutes !== undefined && { minutes }),
    ...(note !== undefined && { note: note.slice(0, 300) }),
  }));
}

function readBoost(words: Words): Command {
  return withWorkload('boost', words, (workload) => {
    const { end, add, factor, for: length } = words.options;
    if (end !== undefined) return { kind: 'end-boost', workload };
    const more = boostOf(add, factor);
    if (typeof more === 'string') return problem(`${more} ${usageOf('boost')}`);
    const minutes = durationOf(length ?? '');
    if (minutes === null || minutes > LONGEST_BOOST)
      return problem('`--for` is a length of time up to 24 hours, such as `30m` or `2h`.');
    return { kind: 'boost', workload, ...more, minutes };
  });
}

/** How much more, or what is wrong with how it was said. */
function boostOf(
  add: string | undefined,
  factor: string | undefined,
): { readonly add: number } | { readonly factor: number } | string {
  if (add !== undefined && factor !== undefined) return 'Either `--add` or `--factor`, not both.';
  if (factor !== undefined) {
    const times = Number(factor);
    return times > 1 && times <= HIGHEST_FACTOR
      ? { factor: times }
      : `\`--factor\` is a multiple of the planned floors, above 1 up to ${HIGHEST_FACTOR}.`;
  }
  const instances = Number(add);
  return Number.isInteger(instances) && instances >= 1 && instances <= MOST_BOOST
    ? { add: instances }
    : `\`--add\` is a number of instances from 1 to ${MOST_BOOST}.`;
}

function readExpect(words: Words, now: Minute): Command {
  return withWorkload('expect', words, (workload) => {
    const { cancel, name = 'event', factor: text, from: start, until: end } = words.options;
    if (cancel !== undefined) {
      return cancel === ''
        ? problem('`--cancel` needs the name of the event.')
        : { kind: 'cancel-expected', workload, name: cancel };
    }
    const factor = Number(text);
    if (!(factor > 0 && factor <= HIGHEST_FACTOR)) {
      return problem(
        `\`--factor\` is a multiple of the usual demand, above 0 up to ${HIGHEST_FACTOR}. ${usageOf('expect')}`,
      );
    }
    const [from, until] = [timeOf(start), timeOf(end)];
    if (from === undefined || until === undefined)
      return problem('`--from` and `--until` are times in UTC such as `2026-11-27T09:00`.');
    if (until <= from) return problem('`--until` must be later than `--from`.');
    if (until <= now) return problem('That is over already; `--until` must lie ahead.');
    if (until - from > LONGEST_EVENT) return problem('An expected event lasts at most 14 days.');
    return { kind: 'expect', workload, name: name.slice(0, 80), factor, from, until };
  });
}

function readAnswer(kind: 'approve' | 'reject', words: Words): Command {
  return withWorkload(kind, words, (workload) => {
    const [, id] = words.plain;
    const { note } = words.options;
    return {
      kind,
      workload,
      ...(id !== undefined && { id }),
      ...(note !== undefined && { reason: note.slice(0, 500) }),
    };
  });
}

function readRollback(words: Words): Command {
  return withWorkload('rollback', words, (workload) => {
    const [, id] = words.plain;
    return { kind: 'roll-back', workload, ...(id !== undefined && { id }) };
  });
}

function withWorkload(
  verb: string,
  { plain: [workload] }: Words,
  then: (workload: string) => Command,
): Command {
  return workload === undefined
    ? problem(`\`${verb}\` needs the name of a workload. ${usageOf(verb)}`)
    : then(workload);
}

/** One workload or, said aloud, everything: never everything because a name was forgotten. */
function scoped(
  verb: string,
  words: Words,
  then: (scope: { readonly workload?: string }) => Command,
): Command {
  const all = words.options.all !== undefined;
  if (all && words.plain.length > 0)
    return problem(`Either a workload or \`--all\`, not both. ${usageOf(verb)}`);
  return all ? then({}) : withWorkload(verb, words, (workload) => then({ workload }));
}

/** Minutes of `30m`, `4h`, `2d`; null where it is none. */
function durationOf(text: string): number | null {
  const match = /^(\d{1,4})(m|h|d)$/.exec(text);
  if (match === null) return null;
  const minutes = Number(match[1]) * { m: 1, h: 60, d: MINUTES_PER_DAY }[match[2] as 'm' | 'h' | 'd'];
  return minutes > 0 ? minutes : null;
}

const UNIVERSAL_TIME = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\dZ?$/;

/** The minute of `2026-11-27T09:00`, with or without `Z`, in universal time; undefined where there is no such time. */
function timeOf(text = ''): Minute | undefined {
  return UNIVERSAL_TIME.test(text) ? parseMoment(text.replace(' ', 'T')) : undefined;
}

function usageOf(verb: string): string {
  const found = COMMAND_HELP.find(([usage]) => usage.startsWith(`${verb} `));
  return found === undefined ? known() : `Write \`/evenkeel ${found[0]}\`.`;
}

function known(): string {
  return `There are: ${COMMAND_HELP.map(([usage]) => `\`${usage.split(' ')[0]}\``).join(', ')}; \`/evenkeel help\` explains them.`;
}

function problem(text: string): Command {
  return { kind: 'problem', text };
}
