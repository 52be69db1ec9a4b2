import type { ScheduledAction } from '@evenkeel/core/plan';
import type { Minute } from '@evenkeel/core/quantities';
import { type Run, remember } from '../run/run.ts';

/** A day to be verified, the hours before it in which a replay warms up, and some room. */
const KEPT_MINUTES = 36 * 60;

/** Writes down what MinSize was: by the steps that ran since the last tick, and by what is seen now. */
export function keepFloorTrail(run: Run, due: readonly ScheduledAction[]): void {
  const before = run.record.floorTrail ?? [];
  const last = before.at(-1);
  const ran = due
    .filter((action) => last === undefined || action.start > last[0])
    .map((action) => [action.start, action.minSize!] as const);
  const trail = [...before, ...ran];
  const now = run.group.size.min;
  if (trail.at(-1)?.[1] !== now) trail.push([run.minute, now]);
  const changes = trail.filter(([, min], i) => i === 0 || min !== trail[i - 1]![1]);
  const cut = run.minute - KEPT_MINUTES;
  const first = changes.findLastIndex(([at]) => at <= cut);
  remember(run, { floorTrail: changes.slice(Math.max(0, first)) });
}

/** MinSize minute by minute from `start` on; before the trail begins it was at home. */
export function floorsFromTrail(run: Pick<Run, 'record'>, start: Minute, minutes: number): Int32Array {
  const floors = new Int32Array(minutes).fill(run.record.home.minSize);
  for (const [at, min] of run.record.floorTrail ?? []) floors.fill(min, Math.max(0, at - start));
  return floors;
}
