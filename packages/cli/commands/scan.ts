import { Command } from 'commander';
import { parseTier } from '../program/option-values.ts';
import type { ScanOptions } from '../scan/run-scan.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { withPlaceOptions } from './aws-options.ts';

const MORE = `
Reads up to four weeks of CloudWatch metrics of each group and replays them,
once with the group's own target tracking, once with Evenkeel, on the same
demand, with the start-up time and metric delay of the real thing. Each night of
the replay learns only from the days before it, and the first 14 days are not
scored (of a shorter history its first half). How far the replay of the group's
own configuration is off what really happened is printed beside every saving.

Nothing is deployed and nothing is written, neither in AWS nor here. Needed:
autoscaling:Describe*, cloudwatch:GetMetricData and cloudwatch:ListMetrics.

Examples:
  evenkeel scan --region eu-west-1 --all
  evenkeel scan --all --html report.html   the same as a page with charts
  evenkeel scan checkout                   the groups of one workload
  evenkeel scan --demo                     without an account, to see what it is`;

/** `evenkeel scan`: what Evenkeel would have done, saved and risked in the last weeks. */
export function scanCommand(terminal: Terminal): Command {
  const command = new Command('scan')
    .summary('what it would have saved on your groups; reads only')
    .description(
      'Says what Evenkeel would have done, saved and risked in the last weeks, group by group. Reads only.',
    )
    .argument('[workload]', 'only the groups of this workload')
    .option('--all', 'every group, not only those that carry the tag evenkeel:workload')
    .option('--tier <tier>', 'the tier of groups whose tags do not say it', parseTier, 1)
    .option('--html <file>', 'also write the report as one self-contained page with charts')
    .option('--demo', 'the simulated region of the demo instead of an account')
    .option('--json', 'print JSON only')
    .addHelpText('after', MORE);
  return withPlaceOptions(command).action(async (workload: string | undefined, options: ScanOptions) => {
    const { runScan } = await import('../scan/run-scan.ts');
    await runScan(workload, options, terminal);
  });
}
