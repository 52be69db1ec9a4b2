import { type Command, CommanderError } from 'commander';
import type { Terminal } from '../terminal/terminal.ts';
import { buildProgram } from './build-program.ts';
import { UserError } from './user-error.ts';

const OK = 0;
const FAILED = 1;
const BAD_INPUT = 2;

/**
 * Runs one command line (without node and script) and gives the exit code: 0 done, 1 an error of ours, 2 an error of the
 * user's. Never throws.
 */
export async function runCli(args: readonly string[], terminal: Terminal): Promise<number> {
  const program = buildProgram(terminal);
  try {
    await program.parseAsync(args.length === 0 ? ['--help'] : [...args], { from: 'user' });
    return OK;
  } catch (error) {
    if (error instanceof CommanderError) return tellUsage(error, program.commands, args, terminal);
    return tell(error, terminal);
  }
}

/** What commander finds wrong with the command line itself; help and version come this way too, as no error. */
function tellUsage(
  error: CommanderError,
  commands: readonly Command[],
  args: readonly string[],
  terminal: Terminal,
): number {
  if (error.exitCode === OK) return OK;
  const command = commands.find((known) => [known.name(), ...known.aliases()].includes(args[0] ?? ''));
  const help = command === undefined ? 'evenkeel --help' : `evenkeel ${args[0]} --help`;
  terminal.err(`evenkeel: ${oneLine(error.message).replace(/\.$/, '')}; see ${help}\n`);
  return BAD_INPUT;
}

function tell(error: unknown, terminal: Terminal): number {
  if (error instanceof UserError) {
    terminal.err(`evenkeel: ${oneLine(error.message)}\n`);
    return BAD_INPUT;
  }
  const reason = error instanceof Error ? error.message : String(error);
  if (terminal.debug && error instanceof Error) terminal.err(`${error.stack}\n`);
  const hint = terminal.debug ? '' : ' (EVENKEEL_DEBUG=1 shows where)';
  terminal.err(`evenkeel: sorry, this should not have happened: ${oneLine(reason)}${hint}\n`);
  return FAILED;
}

function oneLine(message: string): string {
  return message
    .replace(/^error: /, '')
    .replace(/\s*\n\s*/g, ' ')
    .trim();
}
