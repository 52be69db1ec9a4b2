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
      state.held ? paint('careful', state.state) : state.state,
    ]),
  );
}

function targetText({ target, ownerTarget }: GroupState): string {
  if (target === undefined) return '–';
  const own = ownerTarget === undefined || ownerTarget === target ? '' : ` (own ${ownerTarget} %)`;
  return `${target} %${own}`;
}
