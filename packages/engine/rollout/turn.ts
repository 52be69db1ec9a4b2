import type { Excuse } from '@evenkeel/core/explain';
import type { Minutes } from '@evenkeel/core/quantities';
import { type Prepared, prepare } from './begin.ts';
import { type Rollout, record } from './deps.ts';

/** Shorter than the time after which the backstop takes a rollout for dead. */
const TURN_PACE: Minutes = 30;
/** A day and a half; a durable execution has 3,000 operations for all of a rollout, and each turn takes two. */
const MOST_TURNS = 72;

/**
 * Makes the start ready; where other rollouts have the account's places (S24), waits for its turn and looks again at everything, as often
 * as it takes within a day and a half. That it waits is told once.
 */
export async function prepareInTurn(all: Rollout): Promise<Prepared> {
  const { steps } = all;
  let prepared = await steps.step('prepare', () => prepare(all));
  for (let turn = 1; turn <= MOST_TURNS && isOutOfTurn(prepared.excuses); turn++) {
    const { excuses } = prepared;
    if (turn === 1) await steps.step('tell-turn', () => tellTurn(all, excuses));
    await steps.wait(`turn ${turn}`, TURN_PACE);
    prepared = await steps.step(`prepare ${turn + 1}`, () => prepare(all));
  }
  return prepared;
}

/** Nothing stands in the way but the brake. */
function isOutOfTurn(excuses: readonly Excuse[]): boolean {
  const [only] = excuses;
  if (only === undefined || excuses.length > 1) return false;
  return only.code === 'rollout-under-way' || only.bottleneck === 'vCPUs in rollouts';
}

async function tellTurn(all: Rollout, excuses: readonly Excuse[]): Promise<'told'> {
  await record(all, WAITS, { excuses });
  return 'told';
}

/** The entry of a rollout that waits for its turn. */
export const WAITS = 'waits';
