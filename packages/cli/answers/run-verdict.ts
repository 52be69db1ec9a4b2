import { FLEET, utc } from '@evenkeel/core/explain';
import { WORKLOAD_TAG } from '@evenkeel/core/workload';
import { nothingToShow } from '../chosen-groups.ts';
import { type ConductOptions, conduct, type Stage } from '../conduct/conduct.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { actOn } from './act-on.ts';
import { answeringOn } from './answering-on.ts';
import { changesIn, chosen, questionsIn, type Waiting } from './waiting.ts';

export interface VerdictOptions extends ConductOptions {
  readonly note?: string;
}

/** What is answered: by workload, by id, or both; neither asks what there is. */
export interface VerdictOn {
  readonly verdict: 'approve' | 'reject';
  readonly workload: string | undefined;
  readonly id: string | undefined;
}

/** `evenkeel approve` and `evenkeel reject`: answers what waits, or lists it where nothing is named. */
export async function runVerdict(
  { verdict, workload: name, id }: VerdictOn,
  options: VerdictOptions,
  terminal: Terminal,
): Promise<void> {
  await conduct({
    workload: undefined,
    options,
    terminal,
    act: async (stage) => {
      const workloads = workloadsOf(stage);
      const named = name !== undefined && workloads.includes(name);
      // A name that no group carries may be an id, which alone says enough.
      const wanted = named || id !== undefined ? id : name;
      if (id !== undefined && !named) throw nothingToShow(name, stage.place);
      const waiting = await questionsIn(answeringOn(stage, terminal), named ? [name] : workloads);
      if (name === undefined) return listed(waiting, verdict);
      const what = named ? `waits for an answer in ${name}` : 'waits for an answer';
      const question = chosen(waiting, wanted, { verb: verdict, what });
      return actOn(stage, terminal, wishOf(verdict, question, { by: stage.by, reason: options.note }));
    },
  });
}

/** `evenkeel rollback`: the change of shape under way, or the owner's own target. */
export async function runRollback(
  on: { readonly workload: string; readonly id: string | undefined },
  options: VerdictOptions,
  terminal: Terminal,
): Promise<void> {
  const { workload, id } = on;
  await conduct({
    workload,
    options,
    terminal,
    act: async (stage) => {
      const changes = await changesIn(answeringOn(stage, terminal), workload);
      const what = `of ${workload} can be wanted back: no change of shape is under way, and no target but its owner's stands`;
      const change = chosen(changes, id, {
        verb: 'rollback',
        what: changes.length > 1 ? `of ${workload} can be wanted back` : what,
      });
      return actOn(stage, terminal, wishOf('roll-back', change, { by: stage.by, reason: options.note }));
    },
  });
}

function workloadsOf({ groups }: Stage): readonly string[] {
  return [...new Set(groups.flatMap(({ tags }) => tags[WORKLOAD_TAG] ?? []))].toSorted();
}

function listed(waiting: readonly Waiting[], verdict: string): string {
  if (waiting.length === 0) return 'Nothing waits for an answer.';
  const lines = waiting.flatMap(({ entry, id, before, line }) => [
    `${id}  ${entry.workload}: ${line}`,
    `          evenkeel ${verdict} ${entry.workload} ${id}${before === undefined ? '' : `, until ${utc(before)}`}`,
  ]);
  return lines.join('\n');
}

function wishOf(
  kind: 'approve' | 'reject' | 'roll-back',
  { entry, id, before }: Waiting,
  { by, reason }: { readonly by: string; readonly reason: string | undefined },
) {
  const { workload, group, place, decision } = entry;
  const rollout = decision !== undefined && 'rollout' in decision ? decision.rollout : undefined;
  return {
    action: { kind, workload, entry: entry.id, by, ...(reason !== undefined && { reason }) } as const,
    subject: {
      workload,
      group: group === '' ? FLEET : group,
      ...(place && { place }),
      entry: entry.id,
      ...(rollout !== undefined && { rollout }),
      ...(before !== undefined && { before }),
    },
    words: `${kind === 'roll-back' ? 'rollback' : kind} ${workload} ${id}`,
    reason,
  };
}
