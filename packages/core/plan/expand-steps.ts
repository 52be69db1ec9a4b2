import type { Instances, Minute } from '../quantities.ts';
import { runsBetween } from './cron.ts';
import type { FloorSchedule } from './floor-schedule.ts';
import type { ScheduledAction } from './scheduled-action.ts';

/**
 * MinSize minute by minute as the group will have it when the actions run: `values[i]` holds in minute `from + i`.
 * @param actions ours and the owner's; those that set no MinSize change nothing here
 * @param initial MinSize before `from`
 */
export function expandSteps(
  actions: readonly ScheduledAction[],
  initial: Instances,
  span: { readonly from: Minute; readonly minutes: number },
): Int32Array {
  const to = (span.from + span.minutes) as Minute;
  const changes = actions
    .flatMap((action) =>
      action.minSize === undefined
        ? []
        : runsBetween(action, span.from, to).map((at) => ({ at, minSize: action.minSize ?? 0 })),
    )
    .sort((a, b) => a.at - b.at);
  const values = new Int32Array(span.minutes).fill(initial);
  for (const { at, minSize } of changes) values.fill(minSize, at - span.from);
  return values;
}

/** S6: floors that fall nowhere below what stands, and not at all within the first hour. */
export function holdFloors(wanted: FloorSchedule, standing: Int32Array, lowestNow: Instances): FloorSchedule {
  const { stepMinutes, from } = wanted;
  const heldSteps = HOLD_MINUTES / stepMinutes;
  let highest = lowestNow;
  const floors = wanted.floors.map((floor, i) => {
    let stands = 0;
    for (let m = i * stepMinutes; m < (i + 1) * stepMinutes; m++) stands = Math.max(stands, standing[m] ?? 0);
    highest = Math.max(highest, stands, floor);
    return i < heldSteps ? highest : Math.max(floor, stands);
  });
  return { from, stepMinutes, floors };
}

/** Lowering steps due within this time are taken away when the data cannot be trusted (S6). */
export const HOLD_MINUTES = 60;
