import { Command } from 'commander';
import type { ConductOptions } from '../conduct/conduct.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { withAwsOptions } from './aws-options.ts';

const MORE = `
The first step of removing Evenkeel: pauses everything, deletes every pending
step, gives every group its own CPU target back and brings MinSize home within
two minutes. Run it for each account and region Evenkeel looks after, until it
says that nothing is left; then remove the stack (docs/removal.md).

Example:
  evenkeel remove --region eu-west-1 --table evenkeel-production-Table`;

/** `evenkeel remove`: takes back everything Evenkeel wrote, before the stack goes. */
export function removeCommand(terminal: Terminal): Command {
  const command = new Command('remove')
    .summary('take back everything Evenkeel wrote, before its stack goes')
    .description(
      "Pauses everything and takes everything of Evenkeel's out of every group of the account and region.",
    )
    .option('--by <name>', 'who removes it; otherwise the name you are logged in by')
    .option('--json', 'print JSON only')
    .addHelpText('after', MORE);
  return withAwsOptions(command).action(async (options: ConductOptions) => {
    const { runRemove } = await import('../conduct/run-remove.ts');
    await runRemove(options, terminal);
  });
}
