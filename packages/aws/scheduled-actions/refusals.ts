import type { ScheduledAction } from '@evenkeel/core/plan';
import type { Minute } from '@evenkeel/core/quantities';
import type { ItemFailure } from '@evenkeel/engine/ports';

/** What goes to AWS, and what AWS is known to refuse and so need not be asked. */
export interface Sorted {
  readonly sendable: readonly ScheduledAction[];
  readonly refused: readonly ItemFailure[];
}

/**
 * Takes out the items of a batch that AWS would refuse for themselves: whether one of them fails alone or the whole call with it
 * is not documented, and a floor must not be lost because its neighbour was wrong. Refusals that need the group's other actions
 * (a start time that is taken, the 126th action) stay AWS's.
 */
export function sortOut(actions: readonly ScheduledAction[], now: Minute): Sorted {
  const starts = new Set<Minute>();
  const sendable: ScheduledAction[] = [];
  const refused: ItemFailure[] = [];
  for (const action of actions) {
    const failure = refusalOf(action, { now, starts });
    if (failure) refused.push({ name: action.name, ...failure });
    else {
      starts.add(action.start);
      sendable.push(action);
    }
  }
  return { sendable, refused };
}

function refusalOf(
  { name, start, minSize, maxSize, desired }: ScheduledAction,
  { now, starts }: { readonly now: Minute; readonly starts: ReadonlySet<Minute> },
): Omit<ItemFailure, 'name'> | undefined {
  const invalid = (message: string) => ({ code: 'ValidationError', message: `${name}: ${message}` });
  if (start <= now) return invalid('the start time is in the past');
  if (minSize === undefined && maxSize === undefined && desired === undefined) {
    return invalid('one of MinSize, MaxSize and DesiredCapacity is needed');
  }
  if (minSize !== undefined && maxSize !== undefined && minSize > maxSize) {
    return invalid(`MinSize ${minSize} is above MaxSize ${maxSize}`);
  }
  if (starts.has(start)) {
    return {
      code: 'AlreadyExists',
      message: `${name}: another action of this batch has the same start time`,
    };
  }
  return undefined;
}
