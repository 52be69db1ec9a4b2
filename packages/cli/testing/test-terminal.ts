import type { Instant } from '@evenkeel/core/quantities';
import type { Terminal } from '../terminal/terminal.ts';

/** A terminal that remembers what was written, for tests. */
export interface TestTerminal extends Terminal {
  readonly output: () => string;
  readonly errors: () => string;
}

/** No colours, no live line, 100 columns; `changes` overrides. Its time stands still. */
export function createTestTerminal(changes: Partial<Terminal> = {}): TestTerminal {
  const out: string[] = [];
  const err: string[] = [];
  return {
    out: (text) => void out.push(text),
    err: (text) => void err.push(text),
    columns: 100,
    colour: false,
    liveColumns: undefined,
    folder: process.cwd(),
    debug: false,
    elapsed: () => 0,
    clock: { now: () => 0 as Instant, sleep: async () => {} },
    variable: () => undefined,
    onInterrupt: () => () => {},
    ...changes,
    output: () => out.join(''),
    errors: () => err.join(''),
  };
}
