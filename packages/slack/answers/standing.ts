import { type AnswerDecision, FLEET, type LedgerEntry } from '@evenkeel/core/explain';
import { type Minute, minuteOf } from '@evenkeel/core/quantities';
import type { Standing } from '@evenkeel/engine/answers';
import { entriesBack } from '@evenkeel/engine/ledger';
import { type Documents, groupKey } from '@evenkeel/engine/ports';
import type { ButtonKind, Message } from '../messages/message.ts';
import { answered, over } from './answered-blocks.ts';
import type { Answering } from './answering.ts';
import { show } from './show-answer.ts';

/** Messages whose button ends what they tell of, by their id. */
const STANDING = 'slack-standing';
const MOST_AT_ONCE = 100;

interface Remembered extends Standing {
  readonly button: ButtonKind;
  readonly since: Minute;
}

const ENDED_BY: Partial<Record<ButtonKind, Standing['what']>> = {
  resume: 'pause',
  release: 'hold',
  'end-boost': 'boost',
};

/** Answers that end it, from wherever they come. */
const ENDS: Readonly<Record<Standing['what'], readonly AnswerDecision['answer'][]>> = {
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
  if (what === undefined || message.workload === FLEET || message.groups.length !== 1) return;
  const [name = ''] = message.groups;
  const { workload, at, place } = message;
  const group = place && { group: groupKey({ ...place, name }) };
  await documents.write(
    STANDING,
    message.id,
    { what, workload, button, since: at, ...group },
    { expected: 0, expires },
  );
}

/** The message's own button was pressed: it says so already. */
export async function forgetStanding(documents: Documents, message: string): Promise<void> {
  await documents.remove(STANDING, message, 1);
}

/**
 * Takes the button from every message whose matter is over, and says who ended it: a command, the command line, or its time.
 *
 * @returns how many messages it was said in
 */
export async function showOver(answering: Answering): Promise<number> {
  const at = minuteOf(answering.now());
  let count = 0;
  for (const { key, version, value } of await answering.documents.list<Remembered>(STANDING, MOST_AT_ONCE)) {
    if (await answering.stands(value)) continue;
    const ending = await endingOf(answering, value);
    await show(answering.outbox, key, {
      now: answering.now(),
      look: (message) => (ending ? answered(message, ending) : over(message, { at, button: value.button })),
    });
    await answering.documents.remove(STANDING, key, version);
    count += 1;
  }
  return count;
}

/** The newest answer that ended it; undefined where its time was up. */
async function endingOf({ ledger }: Answering, { what, workload, since }: Remembered) {
  for (const of of [workload, FLEET]) {
    for await (const entry of entriesBack(ledger, { workload: of, since })) {
      const ending = answerIn(entry, ENDS[what]);
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
