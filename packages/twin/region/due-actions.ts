import type { ScheduledAction } from '@evenkeel/core/plan';
import type { Minute } from '@evenkeel/core/quantities';
import type { DueAction } from '@evenkeel/engine/memory';
import { groupKey } from '@evenkeel/engine/ports';
import { setDesired, setSize, type TwinGroup } from './twin-group.ts';

/** Carries out scheduled actions, each in its minute or, with `actionsLate`, some minutes after it. */
export interface DueActions {
  /** Takes note of actions whose start has come, then carries out those whose minute it really is. */
  run(due: readonly DueAction[], at: Minute, groupOf: (key: string) => TwinGroup | undefined): void;
}

interface Waiting {
  readonly key: string;
  readonly action: ScheduledAction;
  readonly runsAt: number;
}

export function createDueActions(): DueActions {
  let waiting: Waiting[] = [];
  return {
    run(due, at, groupOf) {
      if (due.length === 0 && waiting.length === 0) return;
      for (const { ref, action } of due) {
        const key = groupKey(ref);
        const group = groupOf(key);
        if (!group) continue;
        const before = waiting.findLast((each) => each.key === key)?.runsAt ?? 0;
        waiting.push({ key, action, runsAt: Math.max(before, action.start + lateness(group, action.start)) });
      }
      for (const { key, action } of waiting.filter((each) => each.runsAt <= at)) {
        const group = groupOf(key);
        if (group) carryOut(group, action);
      }
      waiting = waiting.filter((each) => each.runsAt > at);
    },
  };
}

function lateness(group: TwinGroup, start: Minute): number {
  return Math.floor(group.chances.late.uniform(start) * (group.extras.actionsLate + 1));
}

/** Sizes as AWS applies them; an action that would leave MinSize above MaxSize changes nothing. */
function carryOut(group: TwinGroup, action: ScheduledAction): void {
  const min = action.minSize ?? group.size.min;
  const max = action.maxSize ?? group.size.max;
  if (min > max) return;
  setSize(group, { min, max });
  if (action.desired !== undefined) setDesired(group, action.desired);
}
