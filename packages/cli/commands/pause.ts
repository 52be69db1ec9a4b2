import { Command } from 'commander';
import type { ConductOptions } from '../conduct/conduct.ts';
import { parseDuration } from '../conduct/duration.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { withAwsOptions } from './aws-options.ts';

const MORE = `
Takes the pending steps out of the groups and gives their own CPU target back,
at once and with your own credentials: it works while Evenkeel itself is down.
MinSize stays as it is until the group's home step. Without a workload every
group of the account and region is paused.

With neither Evenkeel nor Node at hand, the AWS CLI takes a group's steps away
(all but the home step, which brings MinSize back to the owner's own):
  aws autoscaling describe-scheduled-actions --auto-scaling-group-name NAME \\
    --output text --query "ScheduledUpdateGroupActions[].ScheduledActionName" |
    tr '\\t' '\\n' | grep '^evenkeel-' | grep -v '^evenkeel-home$' |
    xargs -n 50 aws autoscaling batch-delete-scheduled-action \\
    --auto-scaling-group-name NAME --scheduled-action-names

Examples:
  evenkeel pause checkout --for 2h --note "load test"
  evenkeel pause --all`;

/** `evenkeel pause`: hands off, now. */
export function pauseCommand(terminal: Terminal): Command {
  const command = new Command('pause')
    .summary('hands off a workload, or everything, now')
    .description(
      'Holds a workload, or everything without one: takes pending steps away and gives targets back.',
    )
    .argument('[workload]', 'name of the workload; without it, everything')
    .option('--all', 'everything, as without a workload')
    .option(
      '--for <time>',
      'until then, such as 90m, 2h or 3d; otherwise until evenkeel resume',
      parseDuration,
    )
    .option('--note <text>', 'why, for the ledger')
    .option('--by <name>', 'who pauses; otherwise the name you are logged in by')
    .option('--json', 'print JSON only')
    .addHelpText('after', MORE);
  return withAwsOptions(command).action(async (workload: string | undefined, options: ConductOptions) => {
    const { runPause } = await import('../conduct/run-pause.ts');
    await runPause(workload, options, terminal);
  });
}
