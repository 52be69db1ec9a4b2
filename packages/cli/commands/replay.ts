import type { Tier } from '@evenkeel/core/workload';
import { Command } from 'commander';
import { parseDays, parseStartup, parseTier } from '../program/option-values.ts';
import type { Terminal } from '../terminal/terminal.ts';

export interface ReplayOptions {
  readonly trace?: string;
  readonly startup: number;
  readonly tier: Tier;
  readonly days: number;
  /** The file that gets the page. */
  readonly html?: string;
  readonly json?: true;
}

const MORE = `
The trace is a CSV with the header timestamp,value: ISO-8601 times (UTC unless
they say otherwise), oldest first, any interval, any unit of load (requests,
CPU percent of the group, jobs). At least two days: the first half, at most
14 days, is learned from and the rest is scored. The load is scaled so that
its peak keeps about 40 instances busy.

Examples:
  evenkeel replay --trace requests.csv
  evenkeel replay --trace requests.csv --startup 10 --tier 0
  evenkeel replay --trace requests.csv --html replay.html
  evenkeel replay --trace requests.csv --json`;

/** `evenkeel replay`: one trace, Evenkeel beside every baseline, and a chart of the last days. */
export function replayCommand(terminal: Terminal): Command {
  return new Command('replay')
    .summary('replay one trace of real load: Evenkeel beside every baseline')
    .description(
      'Replays one trace of real load with Evenkeel and with target tracking, predictive scaling and other baselines, side by side.',
    )
    .option('--trace <file>', 'CSV file of the load (must be given)')
    .option('--startup <minutes>', 'minutes from launch until an instance serves', parseStartup, 3)
    .option(
      '--tier <tier>',
      'how critical, 0 the most: a missing instance costs 100 (tier 0), 30, 10 or 3 (tier 3) idle ones',
      parseTier,
      1,
    )
    .option('--days <number>', 'how many of the last days the chart shows', parseDays, 3)
    .option('--html <file>', 'also write a page with charts, to open in a browser')
    .option('--json', 'print JSON only')
    .addHelpText('after', MORE)
    .action(async (options: ReplayOptions) => {
      const { runReplay } = await import('../replay/run-replay.ts');
      await runReplay(options, terminal);
    });
}
