import { isSamePlace, type LedgerEntry } from '@evenkeel/core/explain';
import { type Instant, type Minutes, minuteOf } from '@evenkeel/core/quantities';
import { WORKLOAD_TAG } from '@evenkeel/core/workload';
import type { GroupSnapshot, Ports, RolloutRequest, RolloutStarter } from '../ports/index.ts';
import { DEFAULT_ROLLOUT_SETTINGS } from './deps.ts';
import { requestsOf } from './proposed.ts';
import { recordOf } from './register.ts';
import { WAITS } from './turn.ts';

/** What was started, by id, and what could not be; the backstop tries those again. */
export interface StartReport {
  readonly started: readonly string[];
  readonly failures: readonly { readonly id: string; readonly message: string }[];
}

/** Starts the rollouts that a review's entries ask for, each once however often it is called. One failure never keeps another from starting. */
export function startProposed(
  entries: readonly LedgerEntry[],
  starter: RolloutStarter,
): Promise<StartReport> {
  return startAll(requestsOf(entries), starter);
}

async function startAll(requests: readonly RolloutRequest[], starter: RolloutStarter): Promise<StartReport> {
  const started: string[] = [];
  const failures: { id: string; message: string }[] = [];
  for (const request of requests) {
    try {
      if ((await starter.start(request)) === 'started') started.push(request.id);
    } catch (error) {
      failures.push({ id: request.id, message: (error as Error).message });
    }
  }
  return { started, failures };
}

/** After this a proposal is not begun any more: its answer would have been waited for no longer. */
const STARTED_WITHIN: Minutes = DEFAULT_ROLLOUT_SETTINGS.approvalMinutes;
/** Entries of a group that are looked through; three days of a busy group are fewer. */
const MOST_ENTRIES = 400;

/**
 * The backstop (S28): starts what was proposed in the last three days and has neither begun nor ended, because whoever proposed it died
 * before it could start it, or could not. Of several proposals for a group only the newest counts.
 */
export async function startMissed(
  ports: Pick<Ports, 'ledger' | 'documents'>,
  groups: readonly GroupSnapshot[],
  { starter, now }: { readonly starter: RolloutStarter; readonly now: Instant },
): Promise<StartReport> {
  const missed: RolloutRequest[] = [];
  for (const { ref, tags } of groups) {
    const workload = tags[WORKLOAD_TAG] ?? '';
    const entries = await ports.ledger.recent({ workload, limit: MOST_ENTRIES, group: ref.name });
    const here = entries.filter(({ place }) => isSamePlace(place, ref));
    const [newest] = requestsOf(here);
    if (newest === undefined || minuteOf(now) - newest.at >= STARTED_WITHIN) continue;
    // Every end has an entry of the rollout; everything that began after its answer is on the register.
    if (here.some(({ id }) => id.startsWith(`rollout/${newest.id}/`) && !id.endsWith(`/${WAITS}`))) continue;
    if ((await recordOf(ports.documents, newest.id)) === undefined) missed.push(newest);
  }
  return startAll(missed, starter);
}
