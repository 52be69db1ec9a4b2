import { HIGHEST_FACTOR } from '@evenkeel/engine/answer-limits';
import { Command } from 'commander';
import type { ExpectOptions } from '../answers/run-expect.ts';
import { parseFactor, parseTime } from '../program/option-values.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { withAwsOptions } from './aws-options.ts';

const MORE = `
Announces demand that no history foretells: a launch, a sale, a match. The
floors of that time are multiplied, and rise ahead of it by the start-up time of
the group. MaxSize and bounds hold: what does not fit is told a day ahead.
The same name again takes the place of what was announced before.

Times are UTC, or say their zone: "2026-11-27T09:00 Europe/Berlin".

Examples:
  evenkeel expect checkout --name sale --factor 3 \\
    --from 2026-11-27T09:00 --until 2026-11-27T18:00
  evenkeel expect checkout                       what is announced
  evenkeel expect checkout --cancel sale`;

/** `evenkeel expect`: announced demand. */
export function expectCommand(terminal: Terminal): Command {
  const command = new Command('expect')
    .summary('announce demand: a launch, a sale')
    .description('Announces demand above the usual for a time, takes it back, or says what is announced.')
    .argument('<workload>', 'name of the workload')
    .option('--name <name>', 'what it is; otherwise "event"')
    .option('--factor <number>', `times the usual demand, up to ${HIGHEST_FACTOR}`, (text) =>
      parseFactor(text, 0),
    )
    .option('--from <time>', 'when it begins', (text) => parseTime('--from', text))
    .option('--until <time>', 'when it ends, at most 14 days later', (text) => parseTime('--until', text))
    .option('--cancel <name>', 'take back what was announced under this name')
    .option('--note <text>', 'why, for the ledger')
    .option('--by <name>', 'who announces it; otherwise the name you are logged in by')
    .option('--json', 'print JSON only')
    .addHelpText('after', MORE);
  return withAwsOptions(command).action(async (workload: string, options: ExpectOptions) => {
    const { runExpect } = await import('../answers/run-expect.ts');
    await runExpect(workload, options, terminal);
  });
}
