import { Command } from 'commander';
import type { DashboardOptions } from '../dashboard/run-dashboard.ts';
import { wholeNumber } from '../program/option-values.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { withPlaceOptions } from './aws-options.ts';

const PORT = 4280;

const MORE = `
Serves one page on this machine (127.0.0.1): for each group the demand, floors
and capacity of the last day and the plan of the next, how it stands, why, what
is not done and why not, its last changes, and what was saved, verified. It asks
again every minute, needs no script and nothing from elsewhere, and changes
nothing.

Examples:
  evenkeel dashboard --region eu-west-1
  evenkeel dashboard checkout --table evenkeel-production-Table
  evenkeel dashboard --demo         a day of the simulated region`;

/** `evenkeel dashboard`: the groups in a browser. */
export function dashboardCommand(terminal: Terminal): Command {
  const command = new Command('dashboard')
    .summary('the groups in a browser: demand, floors, decisions, savings')
    .description('Serves a page on this machine that shows the groups, and why they have the size they have.')
    .argument('[workload]', 'only the groups of this workload')
    .option(
      '--port <number>',
      'port on 127.0.0.1',
      (text) => wholeNumber('--port', text, 1, 65535, 'a port'),
      PORT,
    )
    .option('--demo', 'a day of the simulated region of the demo instead of an account')
    .option('--json', 'print what it shows as JSON, and end')
    .addHelpText('after', MORE);
  return withPlaceOptions(command).action(async (workload: string | undefined, options: DashboardOptions) => {
    const { runDashboard } = await import('../dashboard/run-dashboard.ts');
    await runDashboard(workload, options, terminal);
  });
}
