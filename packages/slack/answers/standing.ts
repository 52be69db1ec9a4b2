import { type AnswerDecision, FLEET, type LedgerEntry } from '@evenkeel/core/explain';
import { type Minute, minuteOf } from '@evenkeel/core/quantities';
import { rolledBack, type Standing } from '@evenkeel/engine/answers';
import { entriesBack } from '@evenkeel/engine/ledger';
import { type Documents, groupKey } from '@evenkeel/engine/ports';
import type { ButtonKind, Message } from '../messages/message.ts';
import { answered, over } from './answered-blocks.ts';
import type { Answering } from './answering.ts';
import { show } from './show-answer.ts';

/** Messages whose button ends what they tell of, by their id; changes stand for weeks, so that there are many of them. */
const COLLECTIONS = { ends: 'slack-standing', 'rolls-back': 'slack-change' } as const;
const MOST_AT_ONCE = { ends: 100, 'rolls-back': 1000 } as const;

interface Remembered extends Standing {
  readonly button: ButtonKind;
  /** What an answer to it is about: the first ledger entry, absent in older ones. */
  readonly entry?: string;
  readonly since: Minute;
}

const ENDED_BY: Partial<Record<ButtonKind, Standing['what']>> = {
  resume: 'pause',
  release: 'hold',
  'end-boost': 'boost',
  'roll-back': 'change',
};

/** Answers that end it, from wherever they come. */
const ENDING_ANSWERS: Readonly<
  Record<Exclude<Standing['what'], 'change'>, readonly AnswerDecision['answer'][]>
> = {
  pause: ['resume'],
  hold: ['release', 'resume'],
  boost: ['end-boost'],
};

/** Remembers that a message was told whose button ends something; what is told of many groups at once ends for each at its own time. */
export async function rememberStanding(
  documents: Documents,
  message: Message,
  expires: Minute,
): Promise<void> {
  const button = message.buttons.find((each) => ENDED_BY[each] !== undefined);
  const what = button && ENDED_BY[button];
  if (button === undefined || what === undefined) return;
  if (message.workload === FLEET || message.groups.length !== 1) return;
  const [name = ''] = message.groups;
  const { workload, at, place, entries, telling } = message;
  const ref = place && { ...place, name };
  const standing: Remembered = {
    what,
    workload,
    button,
    since: at,
    ...(ref && { group: groupKey(ref), ref }),
    ...(entries[0] !== undefined && { entry: entries[0] }),
    ...(telling.rollout !== undefined && { rollout: telling.rollout }),
  };
  await documents.write(collectionOf(what), message.id, standing, { expected: 0, expires });
}

function collectionOf(what: Standing['what']) {
  return COLLECTIONS[what === 'change' ? 'rolls-back' : 'ends'];
}

/** The message's own button was pressed: it says so already. */
export async function forgetStanding(documents: Documents, message: string): Promise<void> {
  for (const collection of Object.values(COLLECTIONS)) await documents.remove(collection, message, 1);
}

/**
 * Takes the button from every message whose matter is over, and says who ended it: a command, the command line, or its time.
 *
 * @param button what the messages' buttons do: end what stands, or roll a change back
 * @returns how many messages it was said in
 */
export async function showOver(
  answering: Answering,
  button: keyof typeof COLLECTIONS = 'ends',
): Promise<number> {
  const at = minuteOf(answering.now());
  const collection = COLLECTIONS[button];
  let count = 0;
  const messages = await answering.documents.list<Remembered>(collection, MOST_AT_ONCE[button]);
  for (const { key, version, value } of messages) {
    const back = await backOf(answering, value);
    if (back === undefined && (await answering.stands(value))) continue;
    const ending = back ?? (await endingOf(answering, value));
    await show(answering.outbox, key, {
      now: answering.now(),
      look: (message) => (ending ? answered(message, ending) : over(message, { at, button: value.button })),
    });
    await answering.documents.remove(collection, key, version);
    count += 1;
  }
  return count;
}

/** Who rolled the change back: the rollout has until then to end, but a second press does nothing. */
async function backOf(answering: Answering, { what, entry, rollout }: Remembered) {
  const of = rollout ?? entry;
  if (what !== 'change' || of === undefined) return undefined;
  const winner = await rolledBack(answering, of);
  return winner?.performed ? winner : undefined;
}

/** The newest answer that ended it; undefined where its time was up. */
async function endingOf({ ledger }: Answering, { what, workload, since }: Remembered) {
  // A workload has several: an answer to another one of them ended this one no more than its time.
  if (what === 'change') return undefined;
  for (const of of [workload, FLEET]) {
    for await (const entry of entriesBack(ledger, { workload: of, since })) {
      const ending = answerIn(entry, ENDING_ANSWERS[what]);
      if (ending) return ending;
    }
  }
  return undefined;
}

function answerIn({ decision, at }: LedgerEntry, answers: readonly AnswerDecision['answer'][]) {
  if (decision?.kind !== 'answer' || decision.refused !== undefined) return undefined;
  const { answer, by, reason } = decision;
  return answers.includes(answer) ? { answer, by, at, reason } : undefined;
}
