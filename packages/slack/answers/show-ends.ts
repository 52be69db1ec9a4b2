import { minuteOf } from '@evenkeel/core/quantities';
import { verdictOn } from '@evenkeel/engine/answers';
import { answered, lapsed } from './answered-blocks.ts';
import type { Answering } from './answering.ts';
import { ENDS } from './ends.ts';
import { show } from './show-answer.ts';

const MOST_AT_ONCE = 100;

/**
 * Says in the message of every question that is over what came of it: it has lapsed, or somebody answered on the command line, which knows
 * nothing of messages. An answer from Slack was shown when it was given.
 *
 * @returns how many questions it was said of
 */
export async function showEnds(answering: Answering): Promise<number> {
  const now = answering.now();
  let count = 0;
  for (const { key, version, value } of await answering.documents.list<{ entry?: string }>(
    ENDS,
    MOST_AT_ONCE,
  )) {
    const [end = '', id = ''] = key.split('|');
    const verdict = value.entry === undefined ? undefined : await verdictOn(answering, value.entry);
    const isOver = Number(end) <= minuteOf(now);
    if (!isOver && !verdict?.performed) continue;
    if (verdict === undefined) {
      await show(answering.outbox, id, { now, look: (message) => lapsed(message, minuteOf(now)) });
      count += 1;
    } else if (!verdict.by.startsWith('slack:')) {
      await show(answering.outbox, id, { now, look: (message) => answered(message, verdict) });
      count += 1;
    }
    await answering.documents.remove(ENDS, key, version);
  }
  return count;
}
