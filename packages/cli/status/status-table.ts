import { utc } from '@evenkeel/core/explain';
import type { Paint } from '../render/paint.ts';
import { table } from '../render/table.ts';
import type { GroupState } from './group-state.ts';

/** The groups as a table for people; ends with a newline. */
export function statusTable(states: readonly GroupState[], paint: Paint): string {
  return table(
    [
      { title: 'group' },
      { title: 'workload' },
      { title: 'mode' },
      { title: 'MinSize', align: 'right' },
      { title: 'home', align: 'right' },
      { title: 'serving', align: 'right' },
      { title: 'target', align: 'right' },
      { title: 'next step' },
      { title: 'saved', align: 'right' },
      { title: 'state' },
    ],
    states.map((state) => [
      state.group,
      state.workload,
      state.mode,
      String(state.minSize),
      String(state.home ?? '–'),
      `${state.inService}/${state.desired}`,
      targetText(state),
      state.next ? `${state.next.minSize} at ${utc(state.next.at).slice(5, 16)}` : '–',
      savedText(state),
      state.held || state.refused ? paint('careful', state.state) : state.state,
    ]),
  );
}

/** `55 %`, and the owner's own where it is tuned. */
export function targetText({ target, ownerTarget }: GroupState): string {
  if (target === undefined) return '–';
  const own = ownerTarget === undefined || ownerTarget === target ? '' : ` (own ${ownerTarget} %)`;
  return `${target} %${own}`;
}

/** `18 % ±2 %`: instance-hours below what the owner's configuration would have taken, and how far the replay behind it is off. */
export function savedText({ savings }: GroupState): string {
  if (savings === undefined || savings.ownerInstanceHours === 0) return '–';
  const share = Math.round(100 * (1 - savings.instanceHours / savings.ownerInstanceHours));
  if (!savings.verified || savings.replayError === undefined) return `${share} % unverified`;
  return `${share} % ±${Math.ceil(100 * Math.abs(savings.replayError) - 1e-9)} %`;
}
