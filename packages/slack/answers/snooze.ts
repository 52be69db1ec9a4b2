import type { AnswerDecision } from '@evenkeel/core/explain';
import { type Instant, minuteOf } from '@evenkeel/core/quantities';
import { type Answered, type Asked, record, refuse, tooLate, verdictOn } from '@evenkeel/engine/answers';
import { againOf } from '../messages/again.ts';
import type { Message } from '../messages/message.ts';
import type { Answering } from './answering.ts';
import { change } from './show-answer.ts';

const DAY_MS = 24 * 3_600_000;

/** Puts a question off for a day: the message says so, and asks again tomorrow, unless it has lapsed by then. */
export async function snooze(answering: Answering, asked: Asked, message: Message): Promise<Answered> {
  const now = answering.now();
  const due = (now + DAY_MS) as Instant;
  const before = message.telling.answerBefore;
  if (before !== undefined && minuteOf(due) >= before) {
    return refuse(answering, asked, {
      because: 'expired',
      said: 'The offer ends before tomorrow: please approve it, reject it, or let it lapse.',
    });
  }
  const item = await answering.outbox.load(message.id);
  const original = item?.value.copyOf ?? message.id;
  const reminder = againOf(message, minuteOf(due));
  await answering.outbox.queue(reminder, { now, due, copyOf: original });
  await change(
    answering.outbox,
    original,
    (value) => ({ ...value, copies: [...new Set([...(value.copies ?? []), reminder.id])] }),
    now,
  );
  // Looked at last: whoever answers from here on finds the reminder and takes it away.
  const { entry } = asked.subject;
  const winner = entry === undefined ? undefined : await verdictOn(answering, entry);
  if (winner !== undefined) return tooLate(answering, asked, winner);
  const decision: AnswerDecision = {
    kind: 'answer',
    answer: 'snooze',
    by: asked.by,
    ...(asked.subject.entry !== undefined && { to: asked.subject.entry }),
  };
  await record(answering, {
    id: `answer/${asked.request}`,
    at: minuteOf(now),
    workload: asked.subject.workload,
    group: asked.subject.group,
    decision,
    outcome: { kind: 'applied' },
    excuses: [],
  });
  return { kind: 'done', said: 'Asked again tomorrow.' };
}
