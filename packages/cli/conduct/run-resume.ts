import type { SettingsStore } from '@evenkeel/engine/ports';
import { answeringOn } from '../answers/answering-on.ts';
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
      const { actions } = answeringOn(stage, terminal);
      await actions.perform({ kind: 'resume', ...(workload !== undefined && { workload }), by: stage.by });
      return `Resumed ${workload ?? 'everything'}.`;
    },
  });
}

/** What `evenkeel off` set is taken away; the tags decide again. */
async function switchOn(settings: SettingsStore, workload: string): Promise<void> {
  const { mode, ...rest } = await settings.load(workload);
  if (mode === 'off') await settings.save(workload, rest);
}
