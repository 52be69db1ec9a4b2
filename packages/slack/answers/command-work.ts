import { type AnswerDecision, FLEET } from '@evenkeel/core/explain';
import { type Minute, minuteOf } from '@evenkeel/core/quantities';
import { type Action, type Asked, giveAnswer } from '@evenkeel/engine/answers';
import { COMMAND_HELP, type Command } from '../inbound/command.ts';
import { parseCommand } from '../inbound/parse-command.ts';
import type { Person } from '../inbound/request.ts';
import { code, escaped } from '../messages/mrkdwn.ts';
import type { Answering } from './answering.ts';
import { denial, sayRefused } from './denial.ts';
import { type Settling, settle } from './settle.ts';

/** A command as it came in. */
export interface CommandWork {
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
    case 'roll-back':
      return settle(answering, command, work);
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

type Acting = Exclude<Command, Settling | { kind: 'help' | 'problem' | 'status' | 'why' | 'plan' }>;

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
