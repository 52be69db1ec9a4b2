import type { SettingsStore } from '@evenkeel/engine/ports';
import type { Terminal } from '../terminal/terminal.ts';
import { type ConductOptions, conduct, scopeOf } from './conduct.ts';

/** `evenkeel resume`: lifts the pause, or what `evenkeel off` set; the plan is put back at once. */
export async function runResume(
  workload: string | undefined,
  options: ConductOptions,
  terminal: Terminal,
): Promise<void> {
  await conduct({
    workload,
    options,
    terminal,
    act: async ({ ports, groups, tick }) => {
      await ports.holds.lift(scopeOf(workload), 'paused');
      if (workload !== undefined) await switchOn(ports.settings, workload);
      await tick(groups);
      return `Resumed ${workload ?? 'everything'}.`;
    },
  });
}

/** What `evenkeel off` set is taken away; the tags decide again. */
async function switchOn(settings: SettingsStore, workload: string): Promise<void> {
  const { mode, ...rest } = await settings.load(workload);
  if (mode === 'off') await settings.save(workload, rest);
}
