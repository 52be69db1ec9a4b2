import { Command } from 'commander';
import type { Terminal } from '../terminal/terminal.ts';

export interface BenchShapesOptions {
  readonly traces?: string;
  readonly json?: true;
}

const MORE = `
A group of 12 machines carries the load of each trace. Type and count are chosen
on the first half of it and stand for the second. Figures are risk-adjusted
costs at loss factor 30: price x (1 + 30 x shortage) / what the best choice of
hindsight would have cost. Lower is better, 1.0 is perfect.

  keep         the m5, c5 or r5 size of the source machine, 12 of it
  one-for-one  the same count, the cheapest x86_64 type with 20 % headroom
  naive-joint  type and count that would have been cheapest on the first half
  evenkeel     type and count that are cheapest over plausible futures

The folder holds index.json (vcpus and memory_gib of each trace) and instances/
with the CSV files.

Examples:
  evenkeel bench shapes --traces traces
  evenkeel bench shapes --traces traces --json > shapes.json`;

/** `evenkeel bench shapes`: the choice of instance type and count, measured on a folder of per-instance traces. */
export function benchShapesCommand(terminal: Terminal): Command {
  return new Command('shapes')
    .summary('measure the choice of instance types')
    .description(
      'Chooses type and count on the first half of every per-instance trace and scores it on the second.',
    )
    .option('--traces <folder>', 'folder with index.json and instances/ (must be given)')
    .option('--json', 'print JSON only')
    .addHelpText('after', MORE)
    .action(async (options: BenchShapesOptions) => {
      const { runBenchShapes } = await import('../bench-shapes/run-bench-shapes.ts');
      await runBenchShapes(options, terminal);
    });
}
