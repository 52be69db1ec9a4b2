import type { Minute } from '@evenkeel/core/quantities';
import type { Approvals, Documents } from '../ports/index.ts';
import { recordOf } from './register.ts';

/** What became of the wish: a rollout under way goes back at its next look; what has ended is AWS's to roll back no more. */
export type RollbackReception = 'under-way' | 'ended' | 'unknown';

/**
 * Notes that somebody wants a rollout back. Twice is once, and who asked first stands. Where the mode asked nobody, the question is put
 * and closed in the same minute, so that there is a place for the wish.
 */
export async function wantRollback(
  ports: { readonly documents: Documents; readonly approvals: Approvals },
  { rollout, by, at }: { readonly rollout: string; readonly by: string; readonly at: Minute },
): Promise<RollbackReception> {
  const record = await recordOf(ports.documents, rollout);
  if (record === undefined) return 'unknown';
  if (record.state === 'ended') return 'ended';
  await ports.approvals.ask({ id: rollout, askedAt: at, expires: at });
  await ports.approvals.wantBack(rollout, by);
  return 'under-way';
}
