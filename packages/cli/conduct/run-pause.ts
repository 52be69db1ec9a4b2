import { utc } from '@evenkeel/core/explain';
import type { Minute } from '@evenkeel/core/quantities';
import type { Terminal } from '../terminal/terminal.ts';
import { type ConductOptions, conduct, scopeOf } from './conduct.ts';

/**
 * `evenkeel pause`: places the hold, then takes the pending steps away and gives targets back at once, whether or not Evenkeel is up
 * (S11, S30). Without a workload everything is paused.
 */
export async function runPause(
  workload: string | undefined,
  options: ConductOptions,
  terminal: Terminal,
): Promise<void> {
  await conduct({
    workload,
    options,
    terminal,
    act: async ({ ports, groups, now, by, tick }) => {
      const until = options.for === undefined ? undefined : ((now + options.for) as Minute);
      const hold = { kind: 'paused', scope: scopeOf(workload), since: now, by } as const;
      const { note } = options;
      await ports.holds.place({
        ...hold,
        ...(until !== undefined && { until }),
        ...(note !== undefined && { note }),
      });
      await tick(groups);
      const resume = `evenkeel resume${workload === undefined ? '' : ` ${workload}`}`;
      const end = until === undefined ? resume : utc(until);
      return `Paused ${workload ?? 'everything'} until ${end}. MinSize stands as it is until each group's home step.`;
    },
  });
}
