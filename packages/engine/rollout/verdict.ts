import { CANARY_FIGURES } from '@evenkeel/core/explain';
import { isWorth } from '@evenkeel/core/rollout';
import { type Rollout, record } from './deps.ts';
import type { Progress } from './follow.ts';
import type { CanaryLook } from './measure.ts';

/** The figure that condemned a canary, and the limit it broke. */
export function brokeBy({ decidedBy, findings }: CanaryLook): Pick<Progress, 'broke'> {
  const { measured, limit } = findings.find(({ dimension }) => dimension === decidedBy) ?? {};
  if (measured === undefined || limit === undefined) return {};
  return { broke: { name: CANARY_FIGURES[decidedBy], value: measured, limit } };
}

/** Puts the verdict and everything it stands on into the ledger. */
export async function tellVerdict(
  rollout: Rollout,
  progress: Progress,
  verdict: 'better' | 'same' | 'worse' | 'too-little-data',
): Promise<void> {
  const { plan } = rollout;
  const { canary, canarySince, at } = progress;
  const factor = canary?.factor;
  const pays = factor === undefined || isWorth(plan, factor.estimate);
  await record(rollout, 'canary-verdict', {
    decision: {
      kind: 'canary-verdict',
      rollout: plan.id,
      from: plan.from,
      to: plan.to,
      verdict,
      ...(factor && { performanceFactor: { before: plan.promisedFactor, after: factor.estimate } }),
      ...(canary?.mixed && { measuredOn: canary.mixed }),
      ...(canary && { decidedBy: canary.decidedBy, findings: canary.findings, groupInstances: canary.group }),
      confidence: canary?.confidence ?? 0,
      canaryInstances: canary?.canary ?? 0,
      measuredFor: at - (canarySince ?? at),
      next: pays && (verdict === 'better' || verdict === 'same') ? 'finish' : 'roll-back',
    },
  });
}
