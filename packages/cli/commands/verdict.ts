import { Command } from 'commander';
import type { VerdictOptions } from '../answers/run-verdict.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { withAwsOptions } from './aws-options.ts';

const APPROVE = `
A target that was asked for is changed at once, under all the rules of a change;
a new instance type is looked at anew, then its canary starts; an offered mode
holds from now on where no tag says otherwise. The first answer counts, from
here or from Slack, and the ledger keeps who gave it.

Examples:
  evenkeel approve                  what waits for an answer, everywhere
  evenkeel approve checkout         the one thing that waits in checkout
  evenkeel approve checkout 3f9a1c2e
  evenkeel approve 3f9a1c2e`;

const REJECT = `
Nothing is written. The first answer counts, from here or from Slack, and the
ledger keeps who gave it, and the note.

Examples:
  evenkeel reject checkout --note "not before the holidays"
  evenkeel reject 3f9a1c2e`;

const ROLLBACK = `
A change of instance type that is under way goes back to the old one, by AWS's
own rollback of the instance refresh. Where none is under way and the CPU target
is tuned, the owner's target comes back at once and is left alone for two weeks;
floors go on. To have Evenkeel keep its hands off altogether: evenkeel pause.

Examples:
  evenkeel rollback checkout
  evenkeel rollback checkout 3f9a1c2e --note "latency in zone b"`;

/** `evenkeel approve`. */
export function approveCommand(terminal: Terminal): Command {
  const command = new Command('approve')
    .summary('say yes to what waits for an answer')
    .description('Approves what Evenkeel asked for; without a name it lists what waits for an answer.');
  return verdictCommand(command, 'approve', APPROVE, terminal);
}

/** `evenkeel reject`. */
export function rejectCommand(terminal: Terminal): Command {
  const command = new Command('reject')
    .summary('say no to it')
    .description('Rejects what Evenkeel asked for; without a name it lists what waits for an answer.');
  return verdictCommand(command, 'reject', REJECT, terminal);
}

/** `evenkeel rollback`. */
export function rollbackCommand(terminal: Terminal): Command {
  const command = new Command('rollback')
    .summary('take a change back: instance type, or CPU target')
    .description("Takes a change back: instances to the old type, or the CPU target to the owner's.")
    .argument('<workload>', 'name of the workload')
    .argument('[id]', 'which change, where there are several');
  return withAnswerOptions(command, ROLLBACK).action(
    async (workload: string, id: string | undefined, options: VerdictOptions) => {
      const { runRollback } = await import('../answers/run-verdict.ts');
      await runRollback({ workload, id }, options, terminal);
    },
  );
}

function verdictCommand(
  command: Command,
  verdict: 'approve' | 'reject',
  more: string,
  terminal: Terminal,
): Command {
  command
    .argument('[workload]', 'name of the workload, or the id alone')
    .argument('[id]', 'which one, where several wait; messages and lists show it');
  return withAnswerOptions(command, more).action(
    async (workload: string | undefined, id: string | undefined, options: VerdictOptions) => {
      const { runVerdict } = await import('../answers/run-verdict.ts');
      await runVerdict({ verdict, workload, id }, options, terminal);
    },
  );
}

function withAnswerOptions(command: Command, more: string): Command {
  command
    .option('--note <text>', 'why, for the ledger')
    .option('--by <name>', 'who answers; otherwise the name you are logged in by')
    .option('--json', 'print JSON only')
    .addHelpText('after', more);
  return withAwsOptions(command);
}
