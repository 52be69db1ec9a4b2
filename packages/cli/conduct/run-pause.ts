import { FLEET, utc } from '@evenkeel/core/explain';
import type { Minute } from '@evenkeel/core/quantities';
import { actOn } from '../answers/act-on.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { type ConductOptions, conduct } from './conduct.ts';

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
    act: async (stage) => {
      const { now, by } = stage;
      const until = options.for === undefined ? undefined : ((now + options.for) as Minute);
      const { note } = options;
      await actOn(stage, terminal, {
        action: {
          kind: 'pause',
          by,
          ...(workload !== undefined && { workload }),
          ...(until !== undefined && { until }),
          ...(note !== undefined && { note }),
        },
        subject: { workload: workload ?? FLEET, group: FLEET },
        words: `pause ${workload ?? '--all'}${options.for === undefined ? '' : ` --for ${options.for}m`}`,
        reason: note,
      });
      const resume = `evenkeel resume${workload === undefined ? '' : ` ${workload}`}`;
      const end = until === undefined ? resume : utc(until);
      return `Paused ${workload ?? 'everything'} until ${end}. MinSize stands as it is until each group's home step.`;
    },
  });
}
