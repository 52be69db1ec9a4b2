import { isOurs, type PlanDifference, type ScheduledAction, writeBatches } from '@evenkeel/core/plan';
import { type ItemFailure, MAX_BATCH, portErrorCode } from '../ports/index.ts';
import { homeStepOf } from '../run/open-run.ts';
import type { Run } from '../run/run.ts';

/** How many scheduled actions were written or removed, and what was refused. */
export interface Written {
  readonly done: number;
  readonly refused: readonly ItemFailure[];
}

/** The change to write into a group, what stands there, and how many actions of ours it holds beside its owner's. */
export interface StepsToWrite {
  readonly change: PlanDifference;
  readonly standing: readonly ScheduledAction[];
  readonly room: number;
}

/**
 * Writes steps in batches and in an order in which whatever stands is right should it stop there. Rejects only where nothing was written:
 * a call that fails later is a refusal of its items.
 */
export async function writeSteps(
  run: Pick<Run, 'ports' | 'group'>,
  { change, standing, room }: StepsToWrite,
  context: { readonly decisionId: string },
): Promise<Written> {
  const { scheduledActions } = run.ports;
  const { ref } = run.group;
  let done = 0;
  const refused: ItemFailure[] = [];
  const asked = async (names: readonly string[], call: () => Promise<readonly ItemFailure[]>) => {
    const failures = names.length === 0 ? [] : await call().catch((error: Error) => orRefused(error, names));
    done += names.length - failures.length;
    refused.push(...failures);
    return failures;
  };
  const orRefused = (error: Error, names: readonly string[]): readonly ItemFailure[] => {
    if (done === 0) throw error;
    return names.map((name) => ({ name, code: portErrorCode(error), message: error.message }));
  };
  const put = (steps: readonly ScheduledAction[]) =>
    asked(
      steps.map(({ name }) => name),
      () => scheduledActions.put(ref, steps, context),
    );

  const ours = standing.filter(isOurs);
  // S3: nothing that lifts MinSize ever stands without the way home, so where none stands it goes first and alone.
  const home = homeStepOf(ours) === undefined ? homeStepOf(change.put) : undefined;
  if (home && (await put([home])).length > 0) return { done, refused };
  const rest = { ...change, put: change.put.filter((step) => step !== home) };
  const before = home ? [...ours, home] : ours;
  const stands = new Set(before.map((step) => step.name));
  for (const batch of writeBatches(rest, before, MAX_BATCH, room)) {
    // A removal that was refused has made no room: the near end stands, the next tick goes on from there.
    if (batch.put.some((step) => !stands.has(step.name) && stands.add(step.name).size > room)) break;
    // Nothing is removed before what replaces it stands (S4).
    if ((await put(batch.put)).length > 0) break;
    const left = await asked(batch.remove, () => scheduledActions.remove(ref, batch.remove, context));
    const kept = new Set(left.map(({ name }) => name));
    for (const name of batch.remove) if (!kept.has(name)) stands.delete(name);
  }
  return { done, refused };
}
