import { minuteOf } from '@evenkeel/core/quantities';
import { verdictOn } from '@evenkeel/engine/answers';
import { lapsed } from './answered-blocks.ts';
import type { Answering } from './answering.ts';
import { ENDS } from './ends.ts';
import { show } from './show-answer.ts';

const MOST_AT_ONCE = 100;

/** Says in every message whose time is over that it has lapsed. */
export async function showLapsed(answering: Answering): Promise<number> {
  const now = answering.now();
  let count = 0;
  for (const { key, version, value } of await answering.documents.list<{ entry?: string }>(
    ENDS,
    MOST_AT_ONCE,
  )) {
    const [end = '', id = ''] = key.split('|');
    if (Number(end) > minuteOf(now)) break;
    const verdict = value.entry === undefined ? undefined : await verdictOn(answering, value.entry);
    if (verdict === undefined) {
      await show(answering.outbox, id, { now, look: (message) => lapsed(message, minuteOf(now)) });
      count += 1;
    }
    await answering.documents.remove(ENDS, key, version);
  }
  return count;
}
