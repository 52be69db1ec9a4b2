import {
  type AnswerDecision,
  FLEET,
  type LedgerEntry,
  notableSentence,
  number,
} from '@evenkeel/core/explain';
import { type Minute, minuteOf } from '@evenkeel/core/quantities';
import { type Action, type Asked, giveAnswer, openQuestions as questionsOf } from '@evenkeel/engine/answers';
import { COMMAND_HELP, type Command } from '../inbound/command.ts';
import { parseCommand } from '../inbound/parse-command.ts';
import type { Person } from '../inbound/request.ts';
import { SHORT_ID } from '../messages/compose.ts';
import { eachOnce } from '../messages/messages-of.ts';
import { code, escaped } from '../messages/mrkdwn.ts';
import { answered } from './answered-blocks.ts';
import type { Answering } from './answering.ts';
import { denial, sayRefused } from './denial.ts';
import { show } from './show-answer.ts';

interface CommandWork {
  readonly id: string;
  readonly words: string;
  readonly by: Person;
  readonly responseUrl?: string | undefined;
}

/** Does a slash command and replies privately. Looking is for everybody in the workspace; changing for those of the tier. */
export async function doCommand(answering: Answering, work: CommandWork): Promise<void> {
  const command = parseCommand(work.words, minuteOf(answering.now()));
  return answering.reply(work.responseUrl, await answerTo(answering, command, work));
}

async function answerTo(answering: Answering, command: Command, work: CommandWork): Promise<string> {
  const { actions } = answering;
  switch (command.kind) {
    case 'help':
      return help();
    case 'problem':
      // Our own sentence carries code marks, so only what could mention or link is taken out.
      return escaped(command.text);
    case 'status':
      return shown(await actions.status(command.workload), command.workload);
    case 'why':
      return shown(await actions.why(command.workload), command.workload);
    case 'plan':
      return shown(await actions.plan(command.workload), command.workload);
    case 'approve':
    case 'reject':
      return verdict(answering, command, work);
    case 'pause':
    case 'resume':
    case 'boost':
    case 'end-boost':
    case 'expect':
    case 'cancel-expected':
      return act(answering, command, work);
  }
}

function help(): string {
  return COMMAND_HELP.map(([usage, what]) => `${code(`/evenkeel ${usage}`)}  ${escaped(what)}`).join('\n');
}

function shown(text: string | undefined, workload: string | undefined): string {
  if (text !== undefined) return `\`\`\`\n${escaped(text.replaceAll('```', "'''"))}\n\`\`\``;
  return workload === undefined
    ? 'There is nothing to show yet.'
    : `No group carries the workload ${code(workload)}.`;
}

type Acting = Exclude<
  Command,
  { kind: 'help' | 'problem' | 'status' | 'why' | 'plan' | 'approve' | 'reject' }
>;

async function act(answering: Answering, command: Acting, work: CommandWork): Promise<string> {
  const by = `slack:${work.by.id}`;
  const asked: Asked = {
    answer: answerOf(command),
    by,
    subject: { workload: command.workload ?? FLEET, group: FLEET },
    action: actionOf(command, by, minuteOf(answering.now())),
    words: work.words.slice(0, 500),
    request: work.id,
  };
  const denied = await denial(answering, asked);
  if (denied !== undefined) return denied;
  const result = await giveAnswer(answering, asked);
  return result.kind === 'done' ? escaped(result.said) : sayRefused(result);
}

function answerOf(command: Acting): AnswerDecision['answer'] {
  return command.kind === 'cancel-expected' ? 'expect' : command.kind;
}

function actionOf(command: Acting, by: string, now: Minute): Action {
  switch (command.kind) {
    case 'pause': {
      const { minutes, ...rest } = command;
      return { ...rest, by, ...(minutes !== undefined && { until: (now + minutes) as Minute }) };
    }
    case 'boost': {
      const { minutes, ...rest } = command;
      return { ...rest, by, until: (now + minutes) as Minute };
    }
    case 'resume':
    case 'end-boost':
    case 'expect':
    case 'cancel-expected':
      return { ...command, by };
  }
}

/** Approves or rejects what waits in a workload; where several things wait, it asks which. */
async function verdict(
  answering: Answering,
  command: Extract<Command, { kind: 'approve' | 'reject' }>,
  work: CommandWork,
): Promise<string> {
  const open = await openQuestions(answering, command.workload);
  const chosen = command.id === undefined ? open : open.filter(({ id }) => id.startsWith(command.id!));
  const [only, ...others] = chosen;
  if (only === undefined)
    return `Nothing ${command.id === undefined ? '' : 'with that id '}waits for an answer in ${code(command.workload)}.`;
  if (others.length > 0) {
    const lines = chosen.map(
      ({ id, line }) =>
        `• ${code(`/evenkeel ${command.kind} ${command.workload} ${id.slice(0, SHORT_ID)}`)}  ${escaped(line)}`,
    );
    return [`${number(chosen.length)} things wait for an answer:`, ...lines].join('\n');
  }
  const by = `slack:${work.by.id}`;
  const { entry, id } = only;
  const asked: Asked = {
    answer: command.kind,
    by,
    subject: {
      workload: entry.workload,
      group: entry.group,
      ...(entry.place && { place: entry.place }),
      entry: entry.id,
      before: only.before,
    },
    action: {
      kind: command.kind,
      workload: entry.workload,
      entry: entry.id,
      by,
      ...(command.reason !== undefined && { reason: command.reason }),
    },
    request: work.id,
    words: work.words.slice(0, 500),
    ...(command.reason !== undefined && { reason: command.reason }),
  };
  const denied = await denial(answering, asked);
  if (denied !== undefined) return denied;
  const result = await giveAnswer(answering, asked);
  if (result.kind === 'refused') return sayRefused(result);
  const now = answering.now();
  const { answer, reason } = asked;
  await show(answering.outbox, id, {
    now,
    look: (message) => answered(message, { answer, by, at: minuteOf(now), reason }),
  });
  return escaped(result.said);
}

export interface OpenQuestion {
  readonly entry: LedgerEntry;
  /** The message's id. */
  readonly id: string;
  readonly before: Minute;
  readonly line: string;
}

/** Decisions of the workload that wait for an answer, the newest first. */
export async function openQuestions(
  answering: Answering,
  workload: string,
): Promise<readonly OpenQuestion[]> {
  const questions = await questionsOf(answering, workload);
  return questions.flatMap(({ entry, before }) => {
    const message = eachOnce([entry]).find((each) => each.buttons.includes('approve'));
    return message === undefined
      ? []
      : [{ entry, id: message.id, before, line: lineOf(entry, message.text) }];
  });
}

function lineOf({ decision }: LedgerEntry, otherwise: string): string {
  return decision?.kind === 'shape-proposed' || decision?.kind === 'mode-offer'
    ? notableSentence(decision)
    : otherwise;
}
