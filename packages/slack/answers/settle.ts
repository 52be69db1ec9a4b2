import { type LedgerEntry, notableSentence, number } from '@evenkeel/core/explain';
import { type Minute, minuteOf } from '@evenkeel/core/quantities';
import {
  type Asked,
  giveAnswer,
  openQuestions as questionsOf,
  rollbackChoices,
} from '@evenkeel/engine/answers';
import type { Command } from '../inbound/command.ts';
import { SHORT_ID } from '../messages/compose.ts';
import { eachOnce } from '../messages/messages-of.ts';
import { code, escaped } from '../messages/mrkdwn.ts';
import { answered } from './answered-blocks.ts';
import type { Answering } from './answering.ts';
import type { CommandWork } from './command-work.ts';
import { denial, sayRefused } from './denial.ts';
import { show } from './show-answer.ts';

/** A command about something that was told: a yes, a no, or the way back. */
export type Settling = Extract<Command, { kind: 'approve' | 'reject' | 'roll-back' }>;

/** One thing a command may mean. */
export interface Choice {
  readonly entry: LedgerEntry;
  /** The message's id. */
  readonly id: string;
  readonly line: string;
  /** The first minute in which an answer does nothing any more. */
  readonly before?: Minute;
  readonly rollout?: string;
}

/** Answers the one thing that a command can mean; where there are several, it asks which. */
export async function settle(answering: Answering, command: Settling, work: CommandWork): Promise<string> {
  const all =
    command.kind === 'roll-back'
      ? await changes(answering, command.workload)
      : await openQuestions(answering, command.workload);
  const chosen = command.id === undefined ? all : all.filter(({ id }) => id.startsWith(command.id!));
  const [only, ...others] = chosen;
  if (only === undefined) return nothing(command);
  if (others.length > 0) return which(command, chosen);
  const asked = askedOf(command, only, work);
  const denied = await denial(answering, asked);
  if (denied !== undefined) return denied;
  const result = await giveAnswer(answering, asked);
  if (result.kind === 'refused') return sayRefused(result);
  const now = answering.now();
  const { answer, by, reason } = asked;
  await show(answering.outbox, only.id, {
    now,
    look: (message) => answered(message, { answer, by, at: minuteOf(now), reason }),
  });
  return escaped(result.said);
}

function askedOf(command: Settling, { entry, before, rollout }: Choice, work: CommandWork): Asked {
  const by = `slack:${work.by.id}`;
  const reason = command.kind !== 'roll-back' && command.reason !== undefined && { reason: command.reason };
  return {
    answer: command.kind,
    by,
    subject: {
      workload: entry.workload,
      group: entry.group,
      ...(entry.place && { place: entry.place }),
      entry: entry.id,
      ...(before !== undefined && { before }),
      ...(rollout !== undefined && { rollout }),
    },
    action: { kind: command.kind, workload: entry.workload, entry: entry.id, by, ...reason },
    request: work.id,
    words: work.words.slice(0, 500),
    ...reason,
  };
}

const VERBS = { approve: 'approve', reject: 'reject', 'roll-back': 'rollback' } as const;

function nothing({ kind, id, workload }: Settling): string {
  const named = id === undefined ? '' : ' with that id';
  return kind === 'roll-back'
    ? `There is no change${named} to take back in ${code(workload)}: no change of instances is under way, and the target is its owner's.`
    : `Nothing${named} waits for an answer in ${code(workload)}.`;
}

function which({ kind, workload }: Settling, choices: readonly Choice[]): string {
  const lines = choices.map(
    ({ id, line }) =>
      `• ${code(`/evenkeel ${VERBS[kind]} ${workload} ${id.slice(0, SHORT_ID)}`)}  ${escaped(line)}`,
  );
  const what = kind === 'roll-back' ? 'changes can be taken back' : 'things wait for an answer';
  return [`${number(choices.length)} ${what}:`, ...lines].join('\n');
}

/** Decisions of the workload that wait for an answer, the newest first. */
export async function openQuestions(answering: Answering, workload: string): Promise<readonly Choice[]> {
  const questions = await questionsOf(answering, workload);
  return questions.flatMap(({ entry, before }) => {
    const message = eachOnce([entry]).find((each) => each.buttons.includes('approve'));
    return message === undefined
      ? []
      : [{ entry, id: message.id, before, line: lineOf(entry, message.text) }];
  });
}

async function changes(answering: Answering, workload: string): Promise<readonly Choice[]> {
  const entries = await rollbackChoices(answering.ledger, workload, answering.now());
  return entries.flatMap((entry) => {
    const message = eachOnce([entry]).find(({ kind }) => kind === entry.decision?.kind);
    if (message === undefined) return [];
    const { rollout } = message.telling;
    return [{ entry, id: message.id, line: message.text, ...(rollout !== undefined && { rollout }) }];
  });
}

function lineOf({ decision }: LedgerEntry, otherwise: string): string {
  return decision?.kind === 'shape-proposed' || decision?.kind === 'mode-offer'
    ? notableSentence(decision)
    : otherwise;
}
