import type { ScheduledAction } from '@evenkeel/core/plan';
import type { Instances } from '@evenkeel/core/quantities';
import type { Run } from '../run/run.ts';

/** A scheduled action may run this late (AWS: up to two minutes). */
export const LATE_MINUTES = 3;

/** Steps of ours that have not run for certain. */
export function stillOpen(run: Run): readonly ScheduledAction[] {
  return run.record.written.filter((step) => step.start > run.minute - LATE_MINUTES);
}

/**
 * Steps of ours that ran between the group's being read and `listed`, or are not accounted for yet: the next tick must know that they
 * were ours.
 */
export function justRun(run: Run, listed: readonly ScheduledAction[]): readonly ScheduledAction[] {
  const names = new Set(listed.map((action) => action.name));
  return run.record.written.filter((step) => step.start < run.firstStart && !names.has(step.name));
}

/** All actions believed to stand in the group: ours as last written, the owner's as last listed. */
export function standingActions(run: Run): readonly ScheduledAction[] {
  const ours = run.record.written.filter((step) => step.start > run.minute);
  const owners = (run.record.ownerActions ?? []).filter(
    (action) => action.start > run.minute || action.recurrence !== undefined,
  );
  return [...ours, ...owners].sort((a, b) => a.start - b.start);
}

/** MinSize as it will be when the first step may start: as it stands, or what an action due before then makes of it. */
export function pendingMinSize(
  run: Run,
  standing: readonly ScheduledAction[] = standingActions(run),
): Instances {
  const due = standing.filter((action) => action.start < run.firstStart && action.minSize !== undefined);
  return due.at(-1)?.minSize ?? run.group.size.min;
}
