import type { Documents } from '@evenkeel/engine/ports';
import type { Message } from '../messages/message.ts';

/** Questions by the minute they end in. */
export const ENDS = 'slack-end';
/** Minutes as text of one length sort as numbers do. */
const DIGITS = 9;

/** Remembers when a question ends, in the order of their ends. */
export async function rememberEnd(documents: Documents, message: Message): Promise<void> {
  const end = message.telling.answerBefore;
  if (end === undefined) return;
  await documents.write(
    ENDS,
    `${String(end).padStart(DIGITS, '0')}|${message.id}`,
    { entry: message.entries[0] },
    { expected: 0 },
  );
}
