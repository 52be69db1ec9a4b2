import { minuteOf } from '@evenkeel/core/quantities';
import { chosenGroups, placeOf } from '../chosen-groups.ts';
import { type AwsOptions, asUserErrors, compose } from '../compose.ts';
import { painter } from '../render/paint.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { groupStates } from './group-state.ts';
import { statusTable } from './status-table.ts';

export interface StatusOptions extends AwsOptions {
  readonly json?: true;
}

/** Shows the groups of an account, or of one workload, as AWS and the store have them. */
export async function runStatus(
  workload: string | undefined,
  options: StatusOptions,
  terminal: Terminal,
): Promise<void> {
  const composition = await compose({ ...options, onlyLooks: true }, terminal);
  try {
    const now = minuteOf(terminal.clock.now());
    const groups = await chosenGroups(composition, workload);
    const shown = await asUserErrors(() => groupStates(composition.ports, groups, now));
    if (options.json) {
      terminal.out(`${JSON.stringify(shown, undefined, 1)}\n`);
      return;
    }
    const paint = painter(terminal.colour);
    terminal.out(`${paint('quiet', `${placeOf(composition)}; decisions in ${composition.store}`)}\n\n`);
    terminal.out(statusTable(shown, paint));
  } finally {
    composition.close();
  }
}
