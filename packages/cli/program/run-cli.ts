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
    await program.parseAsync([...lineOf(args, program.commands)], { from: 'user' });
    return OK;
  } catch (error) {
    if (error instanceof CommanderError) return tellUsage(error, program.commands, args, terminal);
    return tell(error, terminal);
  }
}

/** Nothing at all asks for help; help about a command that does not exist is that command, which is then told to be unknown. */
function lineOf(args: readonly string[], commands: readonly Command[]): readonly string[] {
  if (args.length === 0) return ['--help'];
  const name = args[0] === 'help' ? args[1] : args[0];
  const isCommand = name !== undefined && !name.startsWith('-') && name !== 'help';
  return isCommand && commandOf(name, commands) === undefined ? [name] : args;
}

function commandOf(name: string | undefined, commands: readonly Command[]): Command | undefined {
  return commands.find((known) => known.name() === name || known.aliases().includes(name ?? ''));
}

/** What commander finds wrong with the command line itself; help and version come this way too, as no error. */
function tellUsage(
  error: CommanderError,
  commands: readonly Command[],
  args: readonly string[],
  terminal: Terminal,
): number {
  if (error.exitCode === OK) return OK;
  const help = commandOf(args[0], commands) === undefined ? 'evenkeel --help' : `evenkeel ${args[0]} --help`;
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
