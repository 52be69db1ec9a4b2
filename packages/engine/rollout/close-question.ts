import type { Minute } from '@evenkeel/core/quantities';
import { minuteNow, type Rollout } from './deps.ts';

/** Nothing will be begun any more: an answer that comes from now on is told so, instead of being taken for nothing. An earlier one stands. */
export async function closeQuestion(rollout: Rollout): Promise<void> {
  const { approvals } = rollout.ports;
  const { id } = rollout.plan;
  const at = minuteNow(rollout);
  await approvals.ask({ id, askedAt: at, expires: (at + 1) as Minute });
  await approvals.answer(id, { answer: 'rejected', by: 'Evenkeel', at });
}
