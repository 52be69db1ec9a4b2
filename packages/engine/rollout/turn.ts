import type { Excuse } from '@evenkeel/core/explain';
import { MINUTES_PER_DAY, type Minutes } from '@evenkeel/core/quantities';
import { type Prepared, prepare } from './begin.ts';
import { type Rollout, record } from './deps.ts';

const TURN_PACE: Minutes = 30;
/** A day and a half; a durable execution has 3,000 operations for all of a rollout, and each turn takes two. */
const MOST_TURNS = 72;
/** A window that opens once a week is met, and not a second time: the next review has proposed anew by then. */
const MOST_WAITED: Minutes = 8 * MINUTES_PER_DAY;

/**
 * Makes the start ready; where other rollouts have the account's places (S24) or the owner's window is not open, waits for its turn and looks again
 * at everything: for places within a day and a half, for the window until it opens. That it waits is told once.
 */
export async function prepareInTurn(all: Rollout): Promise<Prepared> {
  const { steps } = all;
  let prepared = await steps.step('prepare', () => prepare(all));
  let waited: Minutes = 0;
  for (let turn = 1; turn <= MOST_TURNS; turn++) {
    const { excuses } = prepared;
    const pause = pauseOf(excuses);
    if (pause === undefined || waited + pause > MOST_WAITED) break;
    waited += pause;
    if (turn === 1) await steps.step('tell-turn', () => tellTurn(all, excuses));
    await steps.wait(`turn ${turn}`, pause);
    prepared = await steps.step(`prepare ${turn + 1}`, () => prepare(all));
  }
  return prepared;
}

/** How long until it may be looked at again; undefined where something else than the brake or the window stands in the way, or nothing does. */
function pauseOf([only, ...others]: readonly Excuse[]): Minutes | undefined {
  if (only === undefined || others.length > 0) return undefined;
  const { wait } = only.facts;
  if (only.code === 'rollout-outside-window') return typeof wait === 'number' ? wait : undefined;
  const braked = only.code === 'rollout-under-way' || only.bottleneck === 'vCPUs in rollouts';
  return braked ? TURN_PACE : undefined;
}

async function tellTurn(all: Rollout, excuses: readonly Excuse[]): Promise<'told'> {
  await record(all, WAITS, { excuses });
  return 'told';
}

/** The entry of a rollout that waits for its turn. */
export const WAITS = 'waits';
