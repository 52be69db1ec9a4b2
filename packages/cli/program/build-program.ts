import { styleText } from 'node:util';
import { Command } from 'commander';
import { benchCommand } from '../commands/bench.ts';
import { boostCommand } from '../commands/boost.ts';
import { catalogCommand } from '../commands/catalog.ts';
import { costCommand } from '../commands/cost.ts';
import { dashboardCommand } from '../commands/dashboard.ts';
import { demoCommand } from '../commands/demo.ts';
import { doctorCommand } from '../commands/doctor.ts';
import { expectCommand } from '../commands/expect.ts';
import { explainCommand } from '../commands/explain.ts';
import { offCommand } from '../commands/off.ts';
import { pauseCommand } from '../commands/pause.ts';
import { planCommand } from '../commands/plan.ts';
import { removeCommand } from '../commands/remove.ts';
import { replayCommand } from '../commands/replay.ts';
import { resumeCommand } from '../commands/resume.ts';
import { runCommand } from '../commands/run.ts';
import { scanCommand } from '../commands/scan.ts';
import { statusCommand } from '../commands/status.ts';
import { approveCommand, rejectCommand, rollbackCommand } from '../commands/verdict.ts';
import manifest from '../package.json' with { type: 'json' };
import type { Terminal } from '../terminal/terminal.ts';

/** Every command, in the order of the help and under its headings. */
const COMMANDS: Readonly<Record<string, readonly ((terminal: Terminal) => Command)[]>> = {
  'To see what it does, writing nothing:': [demoCommand, scanCommand, replayCommand],
  'To look:': [doctorCommand, statusCommand, planCommand, explainCommand, dashboardCommand, catalogCommand],
  'To steer:': [runCommand],
  'To ask and to answer:': [approveCommand, rejectCommand, rollbackCommand, boostCommand, expectCommand],
  'To keep its hands off:': [pauseCommand, resumeCommand, offCommand, removeCommand],
  'To measure:': [benchCommand, costCommand],
};

const ABOUT =
  'Set-and-forget compute for EC2 Auto Scaling: say how critical a workload is, and its groups are kept the right size, ahead of demand, with every change explained.';

const START_HERE = `
Start here:
  evenkeel demo                      a simulated region, about a minute
  evenkeel explain checkout          why a workload of that demo has its size
  evenkeel replay --trace load.csv   the same on your own load
  evenkeel scan --all                what it would have saved on your account
  evenkeel run --region eu-west-1    on your own account, at first only watching

Every command takes --json and shows examples with --help.`;

/** The command line: commands, options, help. Errors are thrown, never printed here; the process is never ended here. */
export function buildProgram(terminal: Terminal): Command {
  const program = new Command('evenkeel')
    .description(ABOUT)
    .version(manifest.version, '--version', 'show the version')
    .addHelpText('after', START_HERE);
  const help = new Command('help').argument('[command]').description('the help of a command');
  program.addHelpCommand(help.helpGroup('To look:'));
  for (const [heading, commands] of Object.entries(COMMANDS)) {
    for (const command of commands) program.addCommand(command(terminal).helpGroup(heading));
  }
  configure(program, terminal);
  return program;
}

/** Settings are not inherited by commands that are added, so each of them gets its own. */
function configure(command: Command, terminal: Terminal): void {
  for (const child of command.commands) configure(child, terminal);
  command
    .exitOverride()
    // `bench` and `bench shapes` both have --traces: an option belongs to the command it stands behind.
    .enablePositionalOptions()
    .allowExcessArguments(false)
    .helpOption('-h, --help', 'show this help')
    .configureHelp({
      styleTitle: (title) => (terminal.colour ? styleText('bold', title, { validateStream: false }) : title),
    })
    .configureOutput({
      writeOut: terminal.out,
      writeErr: terminal.out,
      outputError: () => {},
      getOutHelpWidth: () => Math.min(terminal.columns, 100),
      getErrHelpWidth: () => Math.min(terminal.columns, 100),
      getOutHasColors: () => terminal.colour,
      getErrHasColors: () => terminal.colour,
    });
}
