import { FLEET } from '@evenkeel/core/explain';
import { MODE_TAG } from '@evenkeel/core/workload';
import { type GroupSnapshot, workloadScope } from '@evenkeel/engine/ports';
import { actOn } from '../answers/act-on.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { type ConductOptions, conduct } from './conduct.ts';

/**
 * `evenkeel off`: takes everything of Evenkeel's back and brings the home step forward (S16). A tag beats a command: where a group's own
 * tag says another mode, a pause keeps it off, and the tag to write is named.
 */
export async function runOff(workload: string, options: ConductOptions, terminal: Terminal): Promise<void> {
  await conduct({
    workload,
    options,
    terminal,
    act: async (stage) => {
      const { ports, groups, now, by } = stage;
      const done = await actOn({ ...stage, groups: groups.map(asIfOff) }, terminal, {
        action: { kind: 'off', workload, by },
        subject: { workload, group: FLEET },
        words: `off ${workload}`,
      });
      const otherwise = groups.filter(({ tags }) => (tags[MODE_TAG] ?? 'off') !== 'off');
      if (otherwise.length === 0) return done;
      await ports.holds.place({
        kind: 'paused',
        scope: workloadScope(workload),
        since: now,
        by,
        note: 'off',
      });
      const names = otherwise.map(({ ref }) => ref.name).join(', ');
      return `${done}\nThe tag ${MODE_TAG} of ${names} says otherwise; a pause keeps it off. Write ${MODE_TAG}=off to keep it so.`;
    },
  });
}

/** The group as its tags would be with Evenkeel switched off. */
export function asIfOff(group: GroupSnapshot): GroupSnapshot {
  return { ...group, tags: { ...group.tags, [MODE_TAG]: 'off' } };
}
