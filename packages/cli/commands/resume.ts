import { Command } from 'commander';
import type { ConductOptions } from '../conduct/conduct.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { withAwsOptions } from './aws-options.ts';

const MORE = `
Lifts what evenkeel pause placed: with a workload its own pause, without one the
pause on everything. With a workload what evenkeel off set is undone as well,
and the hold after a person's change is over. A deployment under way goes on
holding.

Examples:
  evenkeel resume checkout
  evenkeel resume`;

/** `evenkeel resume`: goes on after a pause. */
export function resumeCommand(terminal: Terminal): Command {
  const command = new Command('resume')
    .summary('go on after a pause or a hold')
    .description('Lifts a pause or a hold and puts the plan back.')
    .argument('[workload]', 'name of the workload; without it, the pause on everything')
    .option('--all', 'the pause on everything, as without a workload')
    .option('--json', 'print JSON only')
    .addHelpText('after', MORE);
  return withAwsOptions(command).action(async (workload: string | undefined, options: ConductOptions) => {
    const { runResume } = await import('../conduct/run-resume.ts');
    await runResume(workload, options, terminal);
  });
}
