/** A peer that says the same level for ever (its first argument), or fails where that is no number. */
import { createInterface } from 'node:readline';
import type { Message, Reply } from '../messages.ts';

const level = Number(process.argv[2]);

function answer(message: Message): Reply {
  if (message.kind === 'open') return { kind: 'opened', package: `constant ${message.peer}` };
  if (Number.isNaN(level)) return { kind: 'failed', error: 'the level is no number' };
  const levels = message.lanes.map(() => Array<number>(message.slots).fill(level));
  return { kind: 'forecasts', levels, fits: message.lanes.length, seconds: 0 };
}

createInterface({ input: process.stdin }).on('line', (line) => {
  const message = JSON.parse(line) as Message;
  if (message.kind === 'open' && message.peer === 'mute') {
    process.stderr.write('no model of that name\n');
    process.exit(3);
  }
  process.stdout.write(`${JSON.stringify(answer(message))}\n`);
});
