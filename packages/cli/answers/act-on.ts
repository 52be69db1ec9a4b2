import { type AnswerDecision, utc } from '@evenkeel/core/explain';
import { type Action, type Answered, giveAnswer, type Subject } from '@evenkeel/engine/answers';
import type { Stage } from '../conduct/conduct.ts';
import { UserError } from '../program/user-error.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { answeringOn } from './answering-on.ts';

/** What somebody asks for at the command line. */
export interface Wish {
  readonly action: Action;
  readonly subject: Subject;
  /** The command as it was meant, for the ledger. */
  readonly words: string;
  readonly reason?: string | undefined;
}

/**
 * Gives a wish effect and gives the sentence that says so; the ledger keeps who asked for it and when, as it does for answers from Slack.
 * Throws a UserError where it cannot be done, or where somebody else was faster.
 */
export async function actOn(stage: Stage, terminal: Terminal, wish: Wish): Promise<string> {
  const { action, subject, words, reason } = wish;
  const answered = await giveAnswer(answeringOn(stage, terminal), {
    answer: answerOf(action),
    by: action.by,
    subject,
    action,
    words,
    ...(reason !== undefined && { reason }),
    // A command typed twice is meant twice.
    request: `command/${terminal.clock.now()}/${action.by}/${action.kind}`,
  });
  if (answered.kind === 'done') return answered.said;
  throw new UserError(refusal(answered));
}

function answerOf({ kind }: Action): AnswerDecision['answer'] {
  return kind === 'cancel-expected' ? 'expect' : kind;
}

const DID: Partial<Record<AnswerDecision['answer'], string>> = { approve: 'approved', reject: 'rejected' };

function refusal({ said, winner }: Extract<Answered, { kind: 'refused' }>): string {
  if (winner === undefined) return said;
  const did = DID[winner.answer] ?? `answered ${winner.answer.replaceAll('-', ' ')}`;
  return `${winner.by} ${did} it already, at ${utc(winner.at)}; nothing was changed by this answer.`;
}
