import { Command } from 'commander';
import type { PlanOptions } from '../plan/run-plan.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { withPlaceOptions } from './aws-options.ts';

const MORE = `
The floors of the next 24 hours as they stand in each group, with the half day
before them: what demand needed, what was in service, what is foreseen at most.
A floor is MinSize: target tracking adds what is needed above it. Where the mode
writes nothing, the plan as it would be. Changes nothing.

Examples:
  evenkeel plan checkout
  evenkeel plan checkout --json`;

/** `evenkeel plan`: the floors of the next 24 hours. */
export function planCommand(terminal: Terminal): Command {
  const command = new Command('plan')
    .summary('the floors of the next 24 hours, drawn')
    .description('Shows the floors of the next 24 hours of each group of a workload.')
    .argument('<workload>', 'name of the workload')
    .option('--json', 'print JSON only')
    .addHelpText('after', MORE);
  return withPlaceOptions(command).action(async (workload: string, options: PlanOptions) => {
    const { runPlan } = await import('../plan/run-plan.ts');
    await runPlan(workload, options, terminal);
  });
}
