import { decisionWithOutcome, explainGroup, type LedgerEntry, utc } from '@evenkeel/core/explain';
import { MINUTES_PER_DAY, type Minute } from '@evenkeel/core/quantities';
import type { DashboardView, GroupView, LedgerLine } from '@evenkeel/dashboard/page';
import type { GroupSnapshot } from '@evenkeel/engine/ports';
import { placeOf } from '../chosen-groups.ts';
import type { Composition } from '../compose.ts';
import { isRoutine } from '../explain/explain-report.ts';
import { byGroup } from '../explain/run-explain.ts';
import { groupPlan } from '../plan/group-plan.ts';
import { type GroupState, groupStates } from '../status/group-state.ts';
import { savedText, targetText } from '../status/status-table.ts';

/** Entries of a workload that are read, and changes of a group that are shown. */
const RECENT = 1_000;
const SHOWN = 8;

/** Everything the page shows of these groups, read once. */
export async function dashboardView(
  composition: Composition,
  groups: readonly GroupSnapshot[],
  now: Minute,
): Promise<DashboardView> {
  const { ports } = composition;
  const states = await groupStates(ports, groups, now);
  const workloads = [...new Set(states.map(({ workload }) => workload))];
  const ledgers = new Map<string, ReadonlyMap<string, readonly LedgerEntry[]>>();
  for (const workload of workloads) {
    const entries = await ports.ledger.recent({ workload, limit: RECENT });
    ledgers.set(workload, byGroup(entries.toReversed()));
  }
  const views = await Promise.all(
    groups.map(async (group, index) => {
      const state = states[index]!;
      const entries = ledgers.get(state.workload)?.get(state.group) ?? [];
      const plan = await groupPlan(ports, group, now, { before: MINUTES_PER_DAY });
      return groupView(state, entries, plan?.picture);
    }),
  );
  return { place: placeOf(composition), at: utc(now), groups: views };
}

function groupView(
  state: GroupState,
  entries: readonly LedgerEntry[],
  picture: GroupView['picture'],
): GroupView {
  const { headline, because, notDone } = explainGroup(entries);
  const changes = entries.filter((entry) => entry.decision !== undefined && !isRoutine(entry));
  return {
    group: state.group,
    workload: state.workload,
    mode: state.mode,
    state: state.state,
    isHeld: state.held,
    facts: factsOf(state),
    headline,
    because,
    notDone,
    ledger: changes.slice(-SHOWN).toReversed().flatMap(lineOf),
    picture,
  };
}

function factsOf(state: GroupState): GroupView['facts'] {
  const { minSize, home, maxSize, inService, desired, next, strategy } = state;
  return [
    { name: 'in service', value: `${inService} of ${desired}` },
    {
      name: 'MinSize',
      value: home === undefined || home === minSize ? `${minSize}` : `${minSize} (home ${home})`,
    },
    { name: 'saved', value: savedText(state) },
    { name: 'MaxSize', value: `${maxSize}` },
    { name: 'CPU target', value: targetText(state) },
    { name: 'next step', value: next === undefined ? '–' : `${next.minSize} at ${utc(next.at).slice(11)}` },
    { name: 'strategy', value: strategy ?? '–' },
  ];
}

function lineOf({ at, decision, outcome }: LedgerEntry): readonly LedgerLine[] {
  if (decision === undefined) return [];
  const kind = outcome?.kind === 'failed' ? 'failed' : outcome?.kind === 'told' ? 'told' : 'done';
  return [{ at: utc(at), text: decisionWithOutcome(decision, outcome), kind }];
}
