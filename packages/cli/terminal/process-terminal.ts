import { SYSTEM_CLOCK } from './clock.ts';
import type { Terminal } from './terminal.ts';

const COLUMNS_OF_A_FILE = 100;
/** Tables need as much; below it lines are broken by the terminal. */
const MIN_COLUMNS = 40;

/** The terminal of this process. A reader that goes away (`| head`) ends the process quietly. */
export function processTerminal(): Terminal {
  const { stdout, stderr, env } = process;
  stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit(0);
  });
  return {
    out: (text) => void stdout.write(text),
    err: (text) => void stderr.write(text),
    columns: Math.max(MIN_COLUMNS, stdout.columns ?? COLUMNS_OF_A_FILE),
    colour: stdout.isTTY === true && stdout.hasColors(),
    liveColumns: stderr.isTTY === true && env.TERM !== 'dumb' ? stderr.columns : undefined,
    folder: process.cwd(),
    debug: env.EVENKEEL_DEBUG === '1',
    elapsed: () => performance.now(),
    clock: SYSTEM_CLOCK,
    variable: (name) => env[name],
    onInterrupt: (handler) => {
      const signals = ['SIGINT', 'SIGTERM'] as const;
      for (const signal of signals) process.on(signal, handler);
      return () => {
        for (const signal of signals) process.off(signal, handler);
      };
    },
  };
}
