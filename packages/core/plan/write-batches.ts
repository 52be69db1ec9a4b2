import type { PlanDifference } from './difference.ts';
import type { ScheduledAction } from './scheduled-action.ts';

/** At most this many of the group's 125 actions are ours (S4). */
export const MAX_OURS = 60;

/** One put call and the remove call that follows it, once what was put stands. */
export interface WriteBatch {
  readonly put: readonly ScheduledAction[];
  readonly remove: readonly string[];
}

/**
 * Orders a difference so that nothing is removed before what replaces it stands, no call has more than `batchSize` items, and
 * never more than `room` actions of ours stand at once: the near end first; an action is removed in the batch whose puts
 * reach beyond it.
 * @param standing our actions that stand now
 * @param room MAX_OURS, or fewer where the owner has many actions
 */
export function writeBatches(
  change: PlanDifference,
  standing: readonly ScheduledAction[],
  batchSize: number,
  room: number = MAX_OURS,
): readonly WriteBatch[] {
  const startOf = new Map(standing.map((action) => [action.name, action.start]));
  const puts = [...change.put].sort((a, b) => a.start - b.start);
  const removes = [...change.remove].sort((a, b) => (startOf.get(a) ?? 0) - (startOf.get(b) ?? 0));
  const stands = new Set(startOf.keys());
  const batches: WriteBatch[] = [];
  while (puts.length > 0 || removes.length > 0) {
    const put: ScheduledAction[] = [];
    while (puts.length > 0 && put.length < batchSize && (stands.has(puts[0]!.name) || stands.size < room)) {
      const next = puts.shift()!;
      stands.add(next.name);
      put.push(next);
    }
    const reach = puts[0]?.start ?? Number.POSITIVE_INFINITY;
    const due = removes.filter((name) => (startOf.get(name) ?? 0) < reach);
    // With no room left and nothing passed yet, the farthest makes room: it is the one that is replaced last.
    const remove = (due.length > 0 || put.length > 0 ? due : removes.slice(-1)).slice(0, batchSize);
    for (const name of remove) {
      stands.delete(name);
      removes.splice(removes.indexOf(name), 1);
    }
    if (put.length === 0 && remove.length === 0) break;
    batches.push({ put, remove });
  }
  return batches;
}
