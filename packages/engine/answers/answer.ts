import type { AnswerDecision, LedgerEntry } from '@evenkeel/core/explain';
import { MINUTES_PER_DAY, type Minute, minuteOf } from '@evenkeel/core/quantities';
import type { Action, Performed } from './actions.ts';
import { type Answering, record } from './answering.ts';

/** What is answered: a decision of the ledger, or what somebody asks for of their own accord. */
export interface Subject {
  readonly workload: string;
  readonly group: string;
  readonly place?: LedgerEntry['place'];
  /** The ledger entry; absent for a command. */
  readonly entry?: string;
  /** The rollout that the entry tells of: several entries tell of one, and it is rolled back once. */
  readonly rollout?: string;
  /** The first minute in which an answer does nothing any more. */
  readonly before?: Minute;
}

/** An answer as it is asked for. */
export interface Asked {
  readonly answer: AnswerDecision['answer'];
  readonly by: string;
  readonly subject: Subject;
  readonly action: Action;
  readonly reason?: string;
  readonly words?: string;
  /** What makes it the same request when it is delivered twice. */
  readonly request: string;
}

export type Answered =
  | { readonly kind: 'done'; readonly said: string }
  | { readonly kind: 'refused'; readonly because: string; readonly said: string; readonly winner?: Winner };

/** Who answered first, and when. */
export interface Winner {
  readonly answer: AnswerDecision['answer'];
  readonly by: string;
  readonly at: Minute;
  readonly request: string;
  readonly reason?: string;
  readonly performed: boolean;
}

const ANSWERS = 'answer';
const KEPT_MINUTES = 60 * MINUTES_PER_DAY;

/**
 * Gives an answer effect, once: of two people who press at the same time one wins, and the other is told who. The same request
 * delivered twice, or cut off half-way, ends where it would have ended.
 */
export async function giveAnswer(answering: Answering, asked: Asked): Promise<Answered> {
  const at = minuteOf(answering.now());
  const { before } = asked.subject;
  if (before !== undefined && at >= before) {
    return refuse(answering, asked, {
      because: 'expired',
      said: 'That offer has ended; nothing was written. A new one comes if it still pays.',
    });
  }
  const key = keyOf(asked);
  const mine: Winner = {
    answer: asked.answer,
    by: asked.by,
    at,
    request: asked.request,
    performed: false,
    ...(asked.reason !== undefined && { reason: asked.reason }),
  };
  const expires = (at + KEPT_MINUTES) as Minute;
  if (!(await answering.documents.write(ANSWERS, key, mine, { expected: 0, expires }))) {
    const standing = await answering.documents.read<Winner>(ANSWERS, key);
    if (standing === undefined || standing.value.request !== asked.request)
      return tooLate(answering, asked, standing?.value);
    if (standing.value.performed) return { kind: 'done', said: 'Done already.' };
  }
  return perform(answering, asked, key);
}

async function perform(answering: Answering, asked: Asked, key: string): Promise<Answered> {
  const standing = await answering.documents.read<Winner>(ANSWERS, key);
  if (standing === undefined)
    return { kind: 'refused', because: 'failed', said: 'Something went wrong; please try again.' };
  let performed: Performed;
  try {
    performed = await answering.actions.perform(asked.action);
  } catch (error) {
    // The place is given free, so that the next try counts; the queue tries this one again by itself.
    await answering.documents.remove(ANSWERS, key, standing.version);
    throw error;
  }
  if (performed.kind === 'refused') {
    await answering.documents.remove(ANSWERS, key, standing.version);
    return refuse(answering, asked, performed);
  }
  await record(answering, entryOf(asked, { id: `answer/${key}`, at: standing.value.at }));
  await answering.documents.write(
    ANSWERS,
    key,
    { ...standing.value, performed: true },
    {
      expected: standing.version,
      expires: (standing.value.at + KEPT_MINUTES) as Minute,
    },
  );
  return { kind: 'done', said: performed.said };
}

/** Records a refused answer: what was tried is as much part of the story as what was done. */
export async function refuse(
  answering: Answering,
  asked: Asked,
  { because, said }: { readonly because: string; readonly said: string },
): Promise<Answered> {
  const at = minuteOf(answering.now());
  const entry = entryOf(asked, { id: `answer/${asked.request}/refused`, at, refused: because });
  await record(answering, entry);
  return { kind: 'refused', because, said };
}

/** The answer of somebody who was slower than another. */
export async function tooLate(
  answering: Answering,
  asked: Asked,
  winner: Winner | undefined,
): Promise<Answered> {
  const refused = await refuse(answering, asked, {
    because: 'already-answered',
    said: 'Somebody else was faster.',
  });
  return winner === undefined || refused.kind === 'done' ? refused : { ...refused, winner };
}

/** Yes and no to one question exclude each other; any other button counts once a decision; a command counts by itself. */
function keyOf({ subject, answer, request }: Asked): string {
  if (answer === 'roll-back' && subject.rollout !== undefined) return rollBackKey(subject.rollout);
  if (subject.entry === undefined) return request;
  const isVerdict = answer === 'approve' || answer === 'reject';
  return `${subject.entry}/${isVerdict ? 'verdict' : answer}`;
}

function entryOf(
  asked: Asked,
  { id, at, refused }: { readonly id: string; readonly at: Minute; readonly refused?: string },
): LedgerEntry {
  const { subject, answer, by, reason, words } = asked;
  const decision: AnswerDecision = {
    kind: 'answer',
    answer,
    by,
    ...(subject.entry !== undefined && { to: subject.entry }),
    ...(reason !== undefined && reason !== '' && { reason }),
    ...(words !== undefined && { words }),
    ...(refused !== undefined && { refused }),
  };
  return {
    id,
    at,
    workload: subject.workload,
    group: subject.group,
    ...(subject.place && { place: subject.place }),
    decision,
    outcome: refused === undefined ? { kind: 'applied' } : { kind: 'told', because: refused },
    excuses: [],
  };
}

/** Whether a decision has its verdict already. */
export async function verdictOn(
  answering: Pick<Answering, 'documents'>,
  entry: string,
): Promise<Winner | undefined> {
  return (await answering.documents.read<Winner>(ANSWERS, `${entry}/verdict`))?.value;
}

/** Who rolled back a rollout, or the change that an entry tells of; undefined while nobody did. */
export async function rolledBack(
  answering: Pick<Answering, 'documents'>,
  of: string,
): Promise<Winner | undefined> {
  return (await answering.documents.read<Winner>(ANSWERS, rollBackKey(of)))?.value;
}

function rollBackKey(of: string): string {
  return `${of}/roll-back`;
}
