import { Command } from 'commander';
import type { StatusOptions } from '../status/run-status.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { withPlaceOptions } from './aws-options.ts';

const MORE = `
Reads the groups from AWS and what Evenkeel remembers of them from its store;
changes nothing.

Examples:
  evenkeel status
  evenkeel status checkout --json`;

/** `evenkeel status`: every group with its floors, target and what holds it. */
export function statusCommand(terminal: Terminal): Command {
  const command = new Command('status')
    .summary('the groups taken on: sizes, next step, target, what holds them')
    .description(
      'Shows every tagged group of the account and region: what stands, what is planned, what holds it.',
    )
    .argument('[workload]', 'only the groups of this workload')
    .option('--json', 'print JSON only')
    .addHelpText('after', MORE);
  return withPlaceOptions(command).action(async (workload: string | undefined, options: StatusOptions) => {
    const { runStatus } = await import('../status/run-status.ts');
    await runStatus(workload, options, terminal);
  });
}
