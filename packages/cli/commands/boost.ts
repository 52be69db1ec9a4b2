import { LONGEST_BOOST, MOST_BOOST } from '@evenkeel/engine/answer-limits';
import { Command } from 'commander';
import type { BoostOptions } from '../answers/run-boost.ts';
import { parseDuration } from '../conduct/duration.ts';
import { parseFactor, wholeNumber } from '../program/option-values.ts';
import { quoted, UserError } from '../program/user-error.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { withAwsOptions } from './aws-options.ts';

const MORE = `
Raises the floors of the workload's groups at once, above the size they have
now, and ends by itself. MaxSize, bounds and the mode hold as ever: in observe
and recommend a boost is told and not written. A second boost of yours takes the
place of the first.

Examples:
  evenkeel boost checkout --add 4 --for 2h         four instances on top
  evenkeel boost checkout --factor 1.5 --for 30m   half as much again
  evenkeel boost checkout --end                    over, now`;

/** `evenkeel boost`: more capacity, now, for a time. */
export function boostCommand(terminal: Terminal): Command {
  const command = new Command('boost')
    .summary('more capacity now, for a time')
    .description('Adds capacity to a workload at once, for at most a day; it ends by itself.')
    .argument('<workload>', 'name of the workload')
    .option('--add <number>', 'instances more than there are', (text) =>
      wholeNumber('--add', text, 1, MOST_BOOST, 'instances, such as 4'),
    )
    .option('--factor <number>', 'or: the present size times this, such as 1.5', (text) =>
      parseFactor(text, 1),
    )
    .option('--for <time>', 'how long, at most 24h, such as 30m or 2h', parseLength)
    .option('--end', 'end the boost that stands')
    .option('--note <text>', 'why, for the ledger')
    .option('--by <name>', 'who asks; otherwise the name you are logged in by')
    .option('--json', 'print JSON only')
    .addHelpText('after', MORE);
  return withAwsOptions(command).action(async (workload: string, options: BoostOptions) => {
    const { runBoost } = await import('../answers/run-boost.ts');
    await runBoost(workload, options, terminal);
  });
}

function parseLength(text: string): number {
  const minutes = parseDuration(text);
  if (minutes <= LONGEST_BOOST) return minutes;
  throw new UserError(
    `--for ${quoted(text)} is longer than a day; for demand that is foreseen so far ahead write evenkeel expect.`,
  );
}
