import { Command } from 'commander';
import { parseEndpoint, wholeNumber } from '../program/option-values.ts';
import type { Terminal } from '../terminal/terminal.ts';

export interface ExplainOptions {
  readonly last: number;
  readonly store?: string;
  readonly table?: string;
  readonly region?: string;
  readonly endpoint?: string;
  readonly shape?: true;
  readonly json?: true;
}

const MOST = 1000;

const MORE = `
Reads the ledger that evenkeel run keeps in .evenkeel/evenkeel.db of the present
folder, or what evenkeel demo left in .evenkeel/demo.json there; with --table
that of a deployed Evenkeel. evenkeel why is the same command.

Examples:
  evenkeel explain checkout
  evenkeel explain checkout --shape
  evenkeel explain checkout --last 50
  evenkeel why checkout --table evenkeel-production-Table
  evenkeel explain checkout --json`;

/** `evenkeel explain`: why a workload has the size it has, from the ledger alone. */
export function explainCommand(terminal: Terminal): Command {
  return new Command('explain')
    .alias('why')
    .summary('why a workload has the size it has: its last decisions and excuses')
    .description(
      'Tells the last decisions about a workload and what was not done and why, with the numbers that decided.',
    )
    .argument('<workload>', 'name of the workload, as in its tag evenkeel:workload')
    .option(
      '--last <number>',
      'how many changes are listed',
      (text) => wholeNumber('--last', text, 1, MOST, 'entries, such as 20'),
      12,
    )
    .option('--shape', 'why these instances and not others, with money and risk')
    .option('--store <file>', 'the file of another evenkeel run')
    .option('--table <name>', "a deployed Evenkeel's DynamoDB table instead of a file")
    .option('--region <region>', 'AWS region of the table; otherwise AWS_REGION')
    .option('--endpoint <url>', 'another endpoint for the table, such as an emulator', parseEndpoint)
    .option('--json', 'print JSON only')
    .addHelpText('after', MORE)
    .action(async (workload: string, options: ExplainOptions) => {
      const { runExplain } = await import('../explain/run-explain.ts');
      await runExplain(workload, options, terminal);
    });
}
