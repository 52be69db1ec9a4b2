import { Command, Option } from 'commander';
import { oneOf, parseStartups } from '../program/option-values.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { benchShapesCommand } from './bench-shapes.ts';

/** The worlds beside the plain one. */
export const SCENARIOS = ['rough', 'aws-slow', 'slow-metrics', 'late-floors', 'fleet'] as const;
export type ScenarioName = (typeof SCENARIOS)[number];

export interface BenchOptions {
  readonly traces?: string;
  readonly startup: readonly number[];
  readonly scenario?: ScenarioName;
  readonly liveRules?: true;
  readonly outage?: true;
  readonly json?: true;
}

const MORE = `
Figures are risk-adjusted costs: (instance-minutes billed + loss factor x
instance-minutes missing) / what perfect foresight would have billed. Lower is
better, 1.0 is about the limit. The loss factor is the tier's: 100 for tier 0,
then 30, 10 and 3.

Scenarios, instead of the plain world:
  rough         minute-scale noise between the rows of coarse traces
  aws-slow      5-minute metrics, late floors, slow scale-in, late billing
  slow-metrics  5-minute metrics alone: what detailed monitoring is worth
  late-floors   scheduled actions that begin two minutes late, alone
  fleet         fleets of 29 and 57 instances instead of 40

Examples:
  evenkeel bench --traces traces
  evenkeel bench --traces traces --startup 3,10 --json > figures.json
  evenkeel bench --traces traces --scenario aws-slow`;

/** `evenkeel bench`: every trace of a folder, every policy, every loss factor. */
export function benchCommand(terminal: Terminal): Command {
  return new Command('bench')
    .summary('measure Evenkeel and every baseline on a folder of traces')
    .description(
      'Replays every trace of a folder with Evenkeel and with every baseline, for all four loss factors.',
    )
    .option('--traces <folder>', 'folder of CSV files, as for replay (must be given)')
    .addOption(
      new Option('--startup <minutes>', 'minutes from launch until an instance serves; several with commas')
        .argParser(parseStartups)
        .default([3, 10], '3,10'),
    )
    .addOption(
      new Option('--outage', 'what it costs when Evenkeel stands still for 24 and 72 hours').conflicts([
        'scenario',
        'liveRules',
      ]),
    )
    .option('--scenario <name>', `one of ${SCENARIOS.join(', ')}`, oneOf('--scenario', SCENARIOS))
    .option('--live-rules', 'with the pacing that protects a live group')
    .option('--json', 'print JSON only')
    .addCommand(benchShapesCommand(terminal))
    .addHelpText('after', MORE)
    .action(async (options: BenchOptions) => {
      const { runBench } = await import('../bench/run-bench.ts');
      await runBench(options, terminal);
    });
}
