import type { LedgerEntry } from '@evenkeel/core/explain';
import { MINUTES_PER_DAY, MINUTES_PER_HOUR, type Minute, minute, startOf } from '@evenkeel/core/quantities';
import {
  createLocalRollouts,
  DEFAULT_ROLLOUT_SETTINGS,
  requestsOf,
  startProposed,
} from '@evenkeel/engine/rollout';
import type { Region } from '@evenkeel/twin';
import { EVENKEEL_BEGINS } from './calendar.ts';

/** Who says yes to a change of instances, and when: another family of instances needs a person (S23). */
export interface Approver {
  readonly workload: string;
  readonly by: string;
  readonly at: Minute;
}

const at = (day: number, hour: number): Minute =>
  minute(EVENKEEL_BEGINS + day * MINUTES_PER_DAY + hour * MINUTES_PER_HOUR);

/** Nobody answers the other proposals, nor the first one for the shop window: they lapse after three days. */
export const APPROVERS: readonly Approver[] = [
  { workload: 'thumbnails', by: 'kim', at: at(0, 9) },
  { workload: 'storefront', by: 'ana', at: at(7, 7) },
];

/** Lets what the reviews propose happen while the region is lived through. */
export interface ShapeChanges {
  /** Begins what a review proposed. */
  readonly begin: (proposed: readonly LedgerEntry[]) => Promise<void>;
  /** Moves every rollout on; gives what they wrote to the ledger since the last time. */
  readonly play: () => Promise<readonly LedgerEntry[]>;
}

/** The changes are the reviews' own proposals, carried out as a process of its own would: with the people of the demo to say yes. */
export function createShapeChanges(region: Region): ShapeChanges {
  const now = () => startOf(region.now());
  const failures: unknown[] = [];
  const rollouts = createLocalRollouts({
    ports: region.ports,
    now,
    settings: DEFAULT_ROLLOUT_SETTINGS,
    failed: (_id, error) => failures.push(error),
  });
  let told = 0;
  const answer = async ({ workload, by, at: saidAt }: Approver): Promise<void> => {
    const proposed = requestsOf(region.ports.ledger.all()).findLast((each) => each.workload === workload);
    if (proposed) await region.ports.approvals.answer(proposed.id, { answer: 'approved', by, at: saidAt });
  };
  return {
    async begin(proposed) {
      const { failures: refused } = await startProposed(proposed, rollouts);
      failures.push(...refused);
    },
    async play() {
      region.ports.guardAlarms.beat(region.now());
      for (const approver of APPROVERS) if (approver.at === region.now()) await answer(approver);
      await rollouts.pump();
      if (failures.length > 0) throw failures[0];
      const all = region.ports.ledger.all().filter(({ id }) => id.startsWith('rollout/'));
      const fresh = all.slice(told);
      told = all.length;
      return fresh;
    },
  };
}
