import { isSamePlace, type Place } from '@evenkeel/core/explain';
import type { Instant, Minutes } from '@evenkeel/core/quantities';
import { guardsFor } from '@evenkeel/core/rollout';
import { type GroupRef, hasEnded, type RolloutPorts } from '../ports/index.ts';
import { conclude } from './conclude.ts';
import { DEFAULT_ROLLOUT_SETTINGS, minuteNow, type Rollout, type RolloutSettings } from './deps.ts';
import type { Progress } from './follow.ts';
import { liftHold, removeGuards } from './hands.ts';
import { note, type RolloutRecord, release, runningRollouts } from './register.ts';

/** A process that has not looked for this long is taken for dead. */
const DEAD_AFTER: Minutes = 45;

export interface SettleOptions {
  readonly settings?: RolloutSettings;
  /** Only rollouts of groups there: the one place that `ports` reach. Absent: all of them. */
  readonly place?: Place;
  /** At most so many in one call; the others are done by the next one. */
  readonly most?: number;
}

/** What was brought to its end, or on its way there; and what could not be, which the next call tries again. */
export interface SettleReport {
  readonly settled: readonly string[];
  readonly failures: readonly { readonly id: string; readonly message: string }[];
}

/**
 * The backstop of every rollout: brings those to their end whose own process is gone. A canary without a verdict goes back, a refresh that has
 * ended is concluded, one that never began is forgotten. To be called every few minutes by something that runs on its own. One that cannot be
 * settled never keeps the others waiting.
 */
export async function settleRollouts(
  ports: RolloutPorts,
  now: Instant,
  { settings = DEFAULT_ROLLOUT_SETTINGS, place, most = 20 }: SettleOptions = {},
): Promise<SettleReport> {
  const settled: string[] = [];
  const failures: { id: string; message: string }[] = [];
  const isReached = (ref: GroupRef) => place === undefined || isSamePlace(place, ref);
  const abandoned = (await runningRollouts(ports.documents))
    .map((running): readonly [RolloutRecord, Rollout] => [
      running,
      { ...running, ports, now: () => now, settings, steps: NO_STEPS },
    ])
    .filter(([{ ref, seenAt }, all]) => isReached(ref) && minuteNow(all) - seenAt >= DEAD_AFTER);
  for (const [running, all] of abandoned.slice(0, most)) {
    try {
      await settleOne(all, running);
      settled.push(running.plan.id);
    } catch (error) {
      failures.push({ id: running.plan.id, message: (error as Error).message });
    }
  }
  return { settled, failures };
}

async function settleOne(all: Rollout, running: RolloutRecord): Promise<void> {
  const { ports, ref } = all;
  const group = await ports.groups.read(ref);
  const { guards } = guardsFor({
    group: ref.name,
    targetGroups: group?.targetGroups ?? [],
    size: group?.desired ?? 0,
    // Removing an alarm that was never made is no error: all that there may be are removed.
    usualLatency: 1,
  });
  const refresh = await ports.refreshes.latest(ref);
  const ours =
    refresh !== undefined && running.startedAt !== undefined && refresh.startedAt >= running.startedAt;
  if (!ours) {
    await removeGuards(all, guards);
    await liftHold(all);
    await release(all, false);
    await note(all, { state: 'ended' });
    return;
  }
  const progress: Progress = {
    refresh: refresh.id,
    startedAt: running.startedAt ?? refresh.startedAt,
    at: minuteNow(all),
    looksTaken: 0,
  };
  if (hasEnded(refresh)) {
    const reason = refresh.status === 'cancelled' ? 'cancelled' : 'no-verdict';
    const leaving = refresh.status === 'successful' ? {} : ({ leaving: reason } as const);
    await conclude(all, { ...progress, ...leaving, ended: refresh.status }, guards);
    return;
  }
  const undecided = running.goesOn !== true && refresh.status === 'in-progress';
  if (undecided) await ports.refreshes.rollBack(ref, { decisionId: `rollout/${running.plan.id}/roll-back` });
}

/** Nothing here waits. */
const NO_STEPS: Rollout['steps'] = {
  step: (_name, work) => work(),
  wait: () => Promise.reject(new Error('a settled rollout does not wait')),
  waitForAnswer: () => Promise.reject(new Error('a settled rollout does not ask')),
};
