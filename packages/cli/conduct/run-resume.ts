import { FLEET } from '@evenkeel/core/explain';
import type { SettingsStore } from '@evenkeel/engine/ports';
import { actOn } from '../answers/act-on.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { type ConductOptions, conduct } from './conduct.ts';

/**
 * `evenkeel resume`: lifts the pause, what `evenkeel off` set and, of a workload, the holds after a person's change; the plan is put back at
 * once.
 */
export async function runResume(
  workload: string | undefined,
  options: ConductOptions,
  terminal: Terminal,
): Promise<void> {
  await conduct({
    workload,
    options,
    terminal,
    act: async (stage) => {
      if (workload !== undefined) await switchOn(stage.ports.settings, workload);
      await actOn(stage, terminal, {
        action: { kind: 'resume', ...(workload !== undefined && { workload }), by: stage.by },
        subject: { workload: workload ?? FLEET, group: FLEET },
        words: `resume ${workload ?? '--all'}`,
      });
      return `Resumed ${workload ?? 'everything'}.`;
    },
  });
}

/** What `evenkeel off` set is taken away; the tags decide again. */
async function switchOn(settings: SettingsStore, workload: string): Promise<void> {
  const { mode, ...rest } = await settings.load(workload);
  if (mode === 'off') await settings.save(workload, rest);
}
