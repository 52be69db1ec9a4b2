import type { Terminal } from '../terminal/terminal.ts';
import { elapsed } from './elapsed.ts';

const BAR_WIDTH = 24;
const REDRAW_MS = 80;
/** Nothing is shown for work that ends sooner. */
const SILENT_MS = 700;
/** Below this share done, an estimate of the time left would be a guess. */
const ESTIMATE_FROM = 0.05;
/** How often a line is written where nothing can be redrawn (a log file, CI). */
const PLAIN_EVERY_MS = 10_000;

/** Shows how far a piece of work is, on standard error only. */
export interface Progress {
  /** `done` of the total is done; `note` says what is being worked on. */
  readonly update: (done: number, note?: string) => void;
  /** Takes the bar away for a moment, so that lines can be written above it. */
  readonly clear: () => void;
  /** Takes the bar away for good. */
  readonly finish: () => void;
}

export interface ProgressOptions {
  readonly label: string;
  readonly total: number;
  /** No progress at all: for `--json` where nobody watches. */
  readonly silent?: boolean;
}

/** A bar that is redrawn in place on a terminal, and a plain line now and then elsewhere. */
export function progress(terminal: Terminal, options: ProgressOptions): Progress {
  if (options.silent === true) return { update: () => {}, clear: () => {}, finish: () => {} };
  const { liveColumns } = terminal;
  return liveColumns === undefined ? plainLines(terminal, options) : liveBar(terminal, options, liveColumns);
}

function liveBar(terminal: Terminal, options: ProgressOptions, columns: number): Progress {
  const startedAt = terminal.elapsed();
  let drawnAt = startedAt;
  let shown = false;
  const clear = (): void => {
    if (shown) terminal.err('\r\u001b[2K');
    shown = false;
  };
  const update = (done: number, note = ''): void => {
    const now = terminal.elapsed();
    if (now - startedAt < SILENT_MS || (shown && now - drawnAt < REDRAW_MS)) return;
    drawnAt = now;
    terminal.err(`\r\u001b[2K${line(options, done, note, now - startedAt).slice(0, columns - 1)}`);
    shown = true;
  };
  return { update, clear, finish: clear };
}

function plainLines(terminal: Terminal, options: ProgressOptions): Progress {
  const startedAt = terminal.elapsed();
  let writtenAt = startedAt;
  const update = (done: number, note = ''): void => {
    const now = terminal.elapsed();
    if (now - writtenAt < PLAIN_EVERY_MS) return;
    writtenAt = now;
    terminal.err(
      `${options.label}: ${share(options, done)} after ${elapsed(now - startedAt)}${note && `, ${note}`}\n`,
    );
  };
  return { update, clear: () => {}, finish: () => {} };
}

function line(options: ProgressOptions, done: number, note: string, passed: number): string {
  const filled = Math.round((BAR_WIDTH * done) / options.total);
  const bar = '█'.repeat(filled) + '░'.repeat(BAR_WIDTH - filled);
  const left =
    done > options.total * ESTIMATE_FROM
      ? `, about ${elapsed((passed * (options.total - done)) / done)} left`
      : '';
  return `${options.label} ${bar} ${share(options, done)}${left}  ${note}`;
}

function share(options: ProgressOptions, done: number): string {
  return `${Math.floor((100 * done) / options.total)} %`;
}
