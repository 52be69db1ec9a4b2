import { minuteOf } from '@evenkeel/core/quantities';
import { type AwsOptions, asUserErrors, compose } from '../compose.ts';
import { UserError } from '../program/user-error.ts';
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
  const { ports, account, region, store, close } = await compose({ ...options, onlyLooks: true }, terminal);
  try {
    const now = minuteOf(terminal.clock.now());
    const groups = await asUserErrors(() => ports.groups.list());
    const states = await asUserErrors(() => groupStates(ports, groups, now));
    const shown = states.filter((state) => workload === undefined || state.workload === workload);
    if (shown.length === 0) throw nothingToShow(workload, `account ${account}, ${region}`);
    if (options.json) {
      terminal.out(`${JSON.stringify(shown, undefined, 1)}\n`);
      return;
    }
    const paint = painter(terminal.colour);
    terminal.out(`${paint('quiet', `account ${account}, ${region}; decisions in ${store}`)}\n\n`);
    terminal.out(statusTable(shown, paint));
  } finally {
    close();
  }
}

/** No group is taken on: the tag that does it is missing, or the name is wrong. */
export function nothingToShow(workload: string | undefined, place: string): UserError {
  return workload === undefined
    ? new UserError(`no Auto Scaling group in ${place} has the tag evenkeel:workload; tag one to begin.`)
    : new UserError(`no group in ${place} has the tag evenkeel:workload=${workload}.`);
}
