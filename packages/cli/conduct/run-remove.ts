import { FLEET } from '@evenkeel/core/explain';
import { HOME_STEP_NAME, isOurs } from '@evenkeel/core/plan';
import type { GroupSnapshot, Ports } from '@evenkeel/engine/ports';
import { actOn } from '../answers/act-on.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { type ConductOptions, conduct } from './conduct.ts';
import { asIfOff } from './run-off.ts';

/**
 * `evenkeel remove`: pauses everything, so that no tick writes any more, then takes everything of Evenkeel's out of every group of the
 * account and region. Running it again says what is left.
 */
export async function runRemove(options: ConductOptions, terminal: Terminal): Promise<void> {
  await conduct({
    workload: undefined,
    options,
    terminal,
    act: async (stage) => {
      const { ports, groups, by } = stage;
      await actOn({ ...stage, groups: groups.map(asIfOff) }, terminal, {
        action: { kind: 'pause', by, note: 'remove' },
        subject: { workload: FLEET, group: FLEET },
        words: 'remove',
      });
      const left = await leftIn(ports, groups);
      if (left.length === 0) {
        return 'Nothing of Evenkeel is left in any group here, and everything is paused. The stack may go now.';
      }
      const going = left.map(({ name, why }) => `${name} (${why})`).join(', ');
      return `Taken back; still on the way: ${going}. Run the command again in three minutes: it says when nothing is left.`;
    },
  });
}

interface Left {
  readonly name: string;
  readonly why: string;
}

/** Groups in which a step or a lease of ours still stands. */
async function leftIn(
  ports: Omit<Ports, 'notices'>,
  groups: readonly GroupSnapshot[],
): Promise<readonly Left[]> {
  const left: Left[] = [];
  for (const { ref } of groups) {
    const ours = (await ports.scheduledActions.list(ref)).filter(isOurs);
    const leased = (await ports.targets.lease(ref)) !== undefined;
    if (ours.length === 0 && !leased) continue;
    const isHomeOnly = ours.length > 0 && ours.every(({ name }) => name === HOME_STEP_NAME);
    const steps = isHomeOnly ? 'MinSize goes home' : `${ours.length} steps`;
    left.push({ name: ref.name, why: leased ? "a lease on its owner's target" : steps });
  }
  return left;
}
