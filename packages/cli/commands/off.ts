import { Command } from 'commander';
import type { ConductOptions } from '../conduct/conduct.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { withAwsOptions } from './aws-options.ts';

const MORE = `
Takes every step out of the groups of the workload, gives their own CPU target
back and brings MinSize home within two minutes. The same as the tag
evenkeel:mode=off, which beats this command where the two differ.

Example:
  evenkeel off checkout`;

/** `evenkeel off`: takes everything back and leaves the groups alone. */
export function offCommand(terminal: Terminal): Command {
  const command = new Command('off')
    .summary('take everything back and leave a workload alone')
    .description("Takes everything of Evenkeel's out of a workload's groups and leaves them alone.")
    .argument('<workload>', 'name of the workload')
    .option('--by <name>', 'who switches it off; otherwise the name you are logged in by')
    .option('--json', 'print JSON only')
    .addHelpText('after', MORE);
  return withAwsOptions(command).action(async (workload: string, options: ConductOptions) => {
    const { runOff } = await import('../conduct/run-off.ts');
    await runOff(workload, options, terminal);
  });
}
