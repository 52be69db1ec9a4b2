import { Command } from 'commander';
import { wholeNumber } from '../program/option-values.ts';
import type { Terminal } from '../terminal/terminal.ts';

export interface CostOptions {
  readonly groups: number;
  readonly days: number;
  readonly json?: true;
}

const MORE = `
Runs the deployed functions against a stand-in of AWS that counts what they
call, over days of ticks and nightly reviews, and prices a month of it at list
prices (us-east-1, no free tiers). Deploys nothing and calls nobody.

Examples:
  evenkeel cost --groups 1000
  evenkeel cost --groups 20 --days 3 --json`;

/** `evenkeel cost`: what running Evenkeel itself costs. */
export function costCommand(terminal: Terminal): Command {
  return new Command('cost')
    .summary('what running Evenkeel itself costs a month')
    .description(
      'Counts what a deployed Evenkeel uses of AWS for a fleet of groups, and prices a month of it.',
    )
    .option(
      '--groups <number>',
      'groups it looks after',
      (text) => wholeNumber('--groups', text, 1, 100_000, 'groups, such as 1000'),
      100,
    )
    .option(
      '--days <number>',
      'days to simulate; a month is made of them',
      (text) => wholeNumber('--days', text, 1, 31, 'days, such as 2'),
      1,
    )
    .option('--json', 'print JSON only')
    .addHelpText('after', MORE)
    .action(async (options: CostOptions) => {
      const { runCost } = await import('../cost/run-cost.ts');
      await runCost(options, terminal);
    });
}
