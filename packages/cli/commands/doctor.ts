import { Command } from 'commander';
import type { DoctorOptions } from '../doctor/run-doctor.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { withAwsOptions } from './aws-options.ts';

const MORE = `
Looks at the account: credentials and what they allow (by IAM's own simulation,
with the statement to add), whether Evenkeel is alive, how old its prices are,
whether Slack is set up. And at each group: tags, scaling policy, suspended
processes, detailed monitoring, history, room up to MaxSize, in the vCPU quota
and in the subnets, launch template, start-up time, holds.

Everything is read and nothing is changed. What cannot be read says so, and why.

Examples:
  evenkeel doctor --region eu-west-1
  evenkeel doctor checkout          its groups, with all that is well too
  evenkeel doctor --demo            the simulated region of the demo
  evenkeel doctor --json`;

/** `evenkeel doctor`: what is wrong, and what to do. */
export function doctorCommand(terminal: Terminal): Command {
  const command = new Command('doctor')
    .summary('looks an account and its groups over: what is wrong, what to do')
    .description('Checks an account and the groups taken on, and says what to do about what it finds.')
    .argument('[workload]', 'only the groups of this workload')
    .option('--demo', 'the simulated region of the demo instead of an account')
    .option('--json', 'print JSON only')
    .addHelpText('after', MORE);
  return withAwsOptions(command).action(async (workload: string | undefined, options: DoctorOptions) => {
    const { runDoctor } = await import('../doctor/run-doctor.ts');
    await runDoctor(workload, options, terminal);
  });
}
