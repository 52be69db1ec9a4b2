import { Command } from 'commander';
import { wholeNumber } from '../program/option-values.ts';
import type { Terminal } from '../terminal/terminal.ts';

export interface DemoOptions {
  readonly seed: number;
  readonly json?: true;
  /** The file that gets the page of all Slack messages. */
  readonly messages?: string;
}

const MOST = 1_000_000;

const MORE = `
Six workloads of different tiers and shapes live through two weeks of simulated
time after four weeks of history, on simulated Auto Scaling groups and with the
very code that steers real ones. Shown as they come: decisions with reasons and
the Slack messages that would be sent. In the end: cost, hot minutes and
launches before and after, where "before" is each group's own target tracking
at 50 % on the same demand. Costs are on-demand list prices.

The same seed gives the same two weeks. They leave, in the present folder,
.evenkeel/demo.html (charts, to open in a browser) and .evenkeel/demo.json (the
ledger, for evenkeel explain).

Examples:
  evenkeel demo
  evenkeel demo --seed 7        other weather
  evenkeel demo --messages messages.html   the messages as Slack shows them
  evenkeel explain checkout     afterwards: why a workload has the size it has`;

/** `evenkeel demo`: two weeks of a simulated region in a minute. */
export function demoCommand(terminal: Terminal): Command {
  return new Command('demo')
    .summary('two weeks of a simulated region in a minute; needs no AWS account')
    .description(
      'Lives through two weeks of a simulated region with six workloads. Nothing of AWS is needed or touched.',
    )
    .option(
      '--seed <number>',
      'seed of the simulated chance',
      (text) => wholeNumber('--seed', text, 0, MOST, 'any seed, such as 1'),
      1,
    )
    .option('--messages <file>', 'also write all Slack messages as a page that looks like Slack')
    .option('--json', 'print JSON only')
    .addHelpText('after', MORE)
    .action(async (options: DemoOptions) => {
      const { runDemo } = await import('../demo/run-demo.ts');
      await runDemo(options, terminal);
    });
}
