import { decisionSentence, type LedgerEntry } from '@evenkeel/core/explain';
import type { Minute } from '@evenkeel/core/quantities';
import { type Answering, openQuestions, rollbackChoices } from '@evenkeel/engine/answers';
import { eachOnce } from '@evenkeel/slack/messages';
import { UserError } from '../program/user-error.ts';

/** Something that may be answered. */
export interface Waiting {
  readonly entry: LedgerEntry;
  /** The id that messages show, in short. */
  readonly id: string;
  /** The first minute in which an answer does nothing any more; absent where there is none. */
  readonly before?: Minute;
  readonly line: string;
}

/** So much of an id is shown, as in messages. */
const SHOWN = 8;

/** What waits for a yes or a no in these workloads. */
export async function questionsIn(
  answering: Answering,
  workloads: readonly string[],
): Promise<readonly Waiting[]> {
  const found = await Promise.all(workloads.map((workload) => openQuestions(answering, workload)));
  return found.flat().map(({ entry, before }) => ({ ...waitingFor(entry), before }));
}

/** What of a workload could be wanted back. */
export async function changesIn(answering: Answering, workload: string): Promise<readonly Waiting[]> {
  return (await rollbackChoices(answering.ledger, workload, answering.now())).map(waitingFor);
}

function waitingFor(entry: LedgerEntry): Waiting {
  const [message] = eachOnce([entry]);
  const line = entry.decision === undefined ? '' : decisionSentence(entry.decision);
  return { entry, id: (message?.id ?? entry.id).slice(0, SHOWN), line };
}

/** One of several, by the beginning of its id; the only one needs no id. Throws a UserError that lists them where it is not clear. */
export function chosen(
  all: readonly Waiting[],
  id: string | undefined,
  wish: { readonly verb: string; readonly what: string },
): Waiting {
  const fitting = id === undefined ? all : all.filter((each) => each.id === id || each.entry.id === id);
  const [only, ...others] = fitting;
  if (only === undefined) {
    const named = id === undefined ? '' : ` with the id ${JSON.stringify(id)}`;
    throw new UserError(`nothing ${wish.what}${named}.`);
  }
  if (others.length === 0) return only;
  const commands = fitting.map((each) => `evenkeel ${wish.verb} ${each.entry.workload} ${each.id}`);
  throw new UserError(`${fitting.length} things ${wish.what}; say which: ${commands.join(', or ')}.`);
}
