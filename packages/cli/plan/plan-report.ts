import { counted, utc } from '@evenkeel/core/explain';
import { MINUTES_PER_DAY, type Minute } from '@evenkeel/core/quantities';
import { dayChart } from '../render/day-chart.ts';
import type { Paint } from '../render/paint.ts';
import { MOST_COLUMNS, wrap } from '../render/wrap.ts';
import type { FloorFrom, GroupPlan } from './group-plan.ts';

const CHART_ROWS = 10;
const MOST_LINES = 14;

/** A group's next 24 hours for people: how it stands, the picture, each floor with its time. Ends with a newline. */
export function planReport(
  plan: GroupPlan,
  { now, paint, columns }: { readonly now: Minute; readonly paint: Paint; readonly columns: number },
): string {
  const width = Math.min(columns, MOST_COLUMNS);
  const home = plan.home === undefined || plan.home === plan.minSize ? '' : ` (home ${plan.home})`;
  const head = `${paint('strong', plan.group)}: MinSize ${plan.minSize}${home}, ${plan.inService} in service, MaxSize ${plan.maxSize}; mode ${plan.mode}`;
  const picture = dayChart({ ...plan.picture, columns: width, rows: CHART_ROWS }, paint);
  return [
    ...wrap(head, width),
    ...wrap(standing(plan), width),
    '',
    picture,
    ...floorLines(plan.floors, now),
    '',
  ].join('\n');
}

function standing({ standing: kind, mode, because, strategy }: GroupPlan): string {
  const by = strategy === undefined ? '' : ` by ${strategy}`;
  const held = because === undefined ? '' : `; on hold: ${because}`;
  switch (kind) {
    case 'written':
      return `The plan${by} stands in the group itself as scheduled actions${held}.`;
    case 'told':
      return `Nothing is written (mode ${mode}${held}); this is what the plan${by} would be.`;
    case 'none':
      return `There is no plan yet: ${because}.`;
  }
}

function floorLines(floors: readonly FloorFrom[], now: Minute): readonly string[] {
  const lines = floors.slice(0, MOST_LINES).map(({ from, floor }, index) => {
    const when = index === 0 ? 'now' : dayAndTime(from, now);
    return `  ${when.padEnd(15)} at least ${counted(floor, 'instance')}`;
  });
  const more = floors.length - lines.length;
  return more > 0 ? [...lines, `  … and ${counted(more, 'later change')}; --json has them all`] : lines;
}

/** `18:05`, or `tomorrow 02:00`, in universal time. */
function dayAndTime(at: Minute, now: Minute): string {
  const day = (minute: number) => Math.floor(minute / MINUTES_PER_DAY);
  const time = utc(at).slice(11, 16);
  return day(at) === day(now) ? time : `tomorrow ${time}`;
}
