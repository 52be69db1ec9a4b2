import { decisionWithOutcome, type LedgerEntry } from '@evenkeel/core/explain';
import { type Minute, minuteOf } from '@evenkeel/core/quantities';
import { overGroups, tickGroup } from '@evenkeel/engine';
import { type GroupSnapshot, PortError, type Ports, type WakeRollout } from '@evenkeel/engine/ports';
import { chosenGroups, placeOf } from '../chosen-groups.ts';
import { type AwsOptions, asUserErrors, compose } from '../compose.ts';
import { UserError } from '../program/user-error.ts';
import { painter } from '../render/paint.ts';
import { MOST_COLUMNS, wrap } from '../render/wrap.ts';
import type { Terminal } from '../terminal/terminal.ts';

export interface ConductOptions extends AwsOptions {
  /** Minutes until it ends by itself. */
  readonly for?: number;
  /** Said aloud what naming no workload means. */
  readonly all?: true;
  readonly note?: string;
  readonly by?: string;
  readonly json?: true;
}

/** What an act has to work with. */
export interface Stage {
  readonly ports: Ports;
  readonly groups: readonly GroupSnapshot[];
  readonly now: Minute;
  readonly by: string;
  /** The account and region, in words. */
  readonly place: string;
  /** Wakes a workflow that waits for an answer, where one can wait. */
  readonly wake?: WakeRollout;
  /** The engine's own tick of the groups: it sees the hold or the mode and does what that asks for. */
  readonly tick: (groups: readonly GroupSnapshot[]) => Promise<void>;
}

export interface ActRequest {
  /** Absent: everything. */
  readonly workload: string | undefined;
  readonly options: ConductOptions;
  readonly terminal: Terminal;
  /** Does it and says in a sentence or two what was done. */
  readonly act: (stage: Stage) => Promise<string>;
}

/**
 * Runs an act on the groups of a workload with the caller's own credentials, tells what the engine did to each group, and ends with the
 * act's own words. Throws a UserError where a group could not be reached; what was done to the others stands.
 */
export async function conduct({ workload, options, terminal, act }: ActRequest): Promise<void> {
  if (options.all && workload !== undefined) {
    throw new UserError(`either ${workload} or --all, not both; write the one that is meant.`);
  }
  const composition = await compose(options, terminal);
  const entries: LedgerEntry[] = [];
  const failures: string[] = [];
  try {
    const ports: Ports = { ...composition.ports, notices: NO_BUS };
    const groups = await chosenGroups(composition, workload);
    const now = terminal.clock.now();
    const tick = async (some: readonly GroupSnapshot[]): Promise<void> => {
      const report = await overGroups(ports, some, 'tick', now, async (group) => {
        const one = await tickGroup(ports, group, now);
        for (const { what, message } of one.refused ?? []) {
          failures.push(`${group.ref.name}: AWS refused its ${what.replaceAll('-', ' ')} (${message})`);
        }
        return one;
      });
      entries.push(...report.entries);
      failures.push(...report.failures.map(({ ref, message }) => `${ref.name}: ${message}`));
    };
    const by = options.by ?? terminal.variable('USER') ?? 'evenkeel';
    const place = placeOf(composition);
    const { wake } = composition;
    const words = await asUserErrors(() =>
      act({ ports, groups, now: minuteOf(now), by, place, tick, ...(wake && { wake }) }),
    );
    tell({ entries, words, json: options.json ?? false }, terminal);
  } finally {
    composition.close();
  }
  if (failures.length > 0) {
    throw new UserError(
      `not all of it could be done: ${failures.join('; ')}; run the command again (evenkeel doctor names missing permissions).`,
    );
  }
}

/** The command line tells whoever typed the command; the others are told by Evenkeel itself, at its next tick (S30). */
const NO_BUS: Ports['notices'] = {
  publish: () => Promise.reject(new PortError('unavailable', 'the command line has no bus')),
};

/** A line as wide as the terminal, what does not fit indented below it. */
function say(line: string, terminal: Terminal): void {
  const indent = ' '.repeat(2 + line.length - line.trimStart().length);
  terminal.out(`${wrap(line, Math.min(terminal.columns, MOST_COLUMNS), indent).join('\n')}\n`);
}

interface Report {
  readonly entries: readonly LedgerEntry[];
  readonly words: string;
  readonly json: boolean;
}

function tell({ entries, words, json }: Report, terminal: Terminal): void {
  if (json) {
    terminal.out(`${JSON.stringify(entries, undefined, 1)}\n`);
    return;
  }
  const paint = painter(terminal.colour);
  for (const { group, decision, outcome } of entries) {
    if (!decision) continue;
    say(`${paint('strong', group)}  ${decisionWithOutcome(decision, outcome)}`, terminal);
  }
  for (const line of words.split('\n')) say(line, terminal);
}
