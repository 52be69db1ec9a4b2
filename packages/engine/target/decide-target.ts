import type { Profile } from '@evenkeel/core/forecast';
import { tunablePolicy } from '@evenkeel/core/guard';
import type { ReplayGate } from '@evenkeel/core/savings';
import type { WorkloadPolicy } from '@evenkeel/core/workload';
import type { Expect } from '../review/expectation.ts';
import { type Run, remember } from '../run/run.ts';
import { isLiving } from '../run/series.ts';
import { backToOwner } from './give-target-back.ts';
import { isOthersTarget, nextStep, pursueTarget, renewLease } from './pursue-target.ts';

/** S10: on 5-minute metrics the target never goes above this, in percent. */
export const HIGHEST_COARSE_TARGET = 60;

/**
 * Nightly: which target the group should have, as the profile says and the rules allow. Where there is nothing to build on, the
 * owner's is given back; else the lease of the one that stands is renewed, and the new one is gone after.
 * @param proposed the target a free choice would take where the profile's is fixed (mode approve), in percent
 */
export async function decideTarget(
  run: Run,
  policy: WorkloadPolicy,
  learned: {
    readonly profile: Profile | undefined;
    readonly gate: ReplayGate;
    readonly proposed: number | undefined;
    readonly expect?: Expect;
  },
): Promise<void> {
  const owner = run.record.home.policy;
  const tunable = tunablePolicy(run.group.policies);
  if (owner === undefined || tunable.kind === 'not-tunable' || isOthersTarget(run)) return;
  const reason = whyNot(learned);
  if (reason !== undefined) {
    remember(run, { wantedTarget: undefined });
    return backToOwner(run, reason);
  }
  const wanted = learned.proposed ?? Math.round(learned.profile!.strategy.target * 100);
  const coarse = run.group.metricPeriod === 5 ? HIGHEST_COARSE_TARGET : 100;
  remember(run, { wantedTarget: Math.min(wanted, coarse, Math.round(policy.sloUtilisation * 100)) });
  if (run.record.target !== undefined) await renewLease(run);
  await expectStep(run, learned);
  await pursueTarget(run, policy);
}

/** What the next step will do, kept for the tick that takes it; a share of a series with other groups has no figures of its own. */
async function expectStep(
  run: Run,
  { profile, expect }: { readonly profile: Profile | undefined; readonly expect?: Expect },
): Promise<void> {
  const step = nextStep(run);
  const shared = (run.record.siblings ?? []).some((each) => isLiving(each, run.minute));
  const known = run.record.targetExpected;
  if (step && known?.from === step.from && known.to === step.to) return;
  const at = (target: number) => ({ ...profile!.strategy, target: target / 100 });
  const expected = step && !shared ? await expect?.(at(step.from), at(step.to)) : undefined;
  remember(run, { targetExpected: step && expected && { ...step, expected } });
}

function whyNot({ profile, gate }: { readonly profile: Profile | undefined; readonly gate: ReplayGate }) {
  if (profile === undefined) return 'no-profile';
  return gate.kind === 'does-not-match' ? 'replay-does-not-match' : undefined;
}
