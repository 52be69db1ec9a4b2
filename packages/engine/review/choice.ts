import type { Strategy } from '@evenkeel/core/forecast';
import { tunablePolicy } from '@evenkeel/core/guard';
import type { Utilisation } from '@evenkeel/core/quantities';
import { ownStrategies, strategiesBeside } from '@evenkeel/core/replay';
import type { ReplayGate } from '@evenkeel/core/savings';
import type { WorkloadPolicy } from '@evenkeel/core/workload';
import { excuse, type Run } from '../run/run.ts';
import { HIGHEST_COARSE_TARGET } from '../target/decide-target.ts';

/** The owner's target where the group scales by something else than CPU tracking: a middling one stands for it. */
const ASSUMED_TARGET: Utilisation = 0.5;

/** Which strategies a tournament may choose from. */
export interface Choice {
  /** The owner's own target. */
  readonly own: Utilisation;
  readonly strategies: readonly Strategy[];
  /** What a free choice would be, where this one keeps the target that stands and another may be proposed (mode approve). */
  readonly free?: readonly Strategy[];
}

/** All strategies, or only those with the target that stands, where it may not be written: S1, S7, S9. */
export function choiceOf(run: Run, policy: WorkloadPolicy, gate: ReplayGate): Choice {
  const tunable = tunablePolicy(run.group.policies);
  const owner = run.record.home.policy;
  if (tunable.kind === 'not-tunable' || owner === undefined) {
    if (tunable.kind === 'not-tunable') excuse(run, tunable.excuse);
    return { own: ASSUMED_TARGET, strategies: ownStrategies(ASSUMED_TARGET) };
  }
  const own = owner.target / 100;
  if (gate.kind === 'does-not-match') return { own, strategies: ownStrategies(own) };
  const free = freeChoice(run, policy, own);
  if (policy.mode !== 'approve') return { own, strategies: free };
  return { own, strategies: ownStrategies((run.record.approvedTarget ?? owner.target) / 100), free };
}

/** Every strategy up to the highest target that is allowed, and the owner's own under every floor rule. */
function freeChoice(run: Run, policy: WorkloadPolicy, own: Utilisation): readonly Strategy[] {
  const coarseLimit = HIGHEST_COARSE_TARGET / 100;
  const coarse = run.group.metricPeriod === 5 && policy.sloUtilisation > coarseLimit;
  if (coarse) {
    const facts = { periodMinutes: 5, highestTarget: HIGHEST_COARSE_TARGET };
    excuse(run, { code: 'coarse-metrics', bottleneck: 'detailed monitoring', facts });
  }
  return strategiesBeside(own, coarse ? coarseLimit : policy.sloUtilisation);
}
