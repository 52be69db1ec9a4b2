import type { Outcome, ShapeChoiceSummary, ShapeProposedDecision } from '@evenkeel/core/explain';
import { HOURS_PER_MONTH, type Minute } from '@evenkeel/core/quantities';
import { guardsFor, judgeMoney } from '@evenkeel/core/rollout';
import { LEAST_SAVINGS_SHARE, type RankedShape, type ReplayedShape } from '@evenkeel/core/shape';
import type { WorkloadPolicy } from '@evenkeel/core/workload';
import { decide, decisionId, type Run } from '../../run/run.ts';
import { ANSWER_MINUTES } from '../../run/settings.ts';
import type { ShapeLook } from './look-at-shape.ts';
import { rolloutPlanOf } from './rollout-plan-of.ts';
import { playedWith, shapeNow } from './summary.ts';

/** A proposal before it is known whether it asks. */
export type Proposal = Omit<ShapeProposedDecision, 'asks' | 'expires' | 'choice' | 'terms'> &
  Required<Pick<ShapeProposedDecision, 'choice' | 'terms'>>;

/** The change to the best shape in figures; `reason` where nothing of its saving is left (S23). */
export function proposalOf(found: {
  readonly best: RankedShape;
  readonly acceptable: readonly string[];
  readonly summary: ShapeChoiceSummary;
  readonly look: ShapeLook;
}): { readonly decision: Proposal; readonly reason?: 'saves-too-little' } | undefined {
  const { best, acceptable, summary, look } = found;
  const { entry } = best.candidate;
  const after = playedWith(entry.type, look);
  if (after === undefined) return undefined;
  const before = look.played(1);
  const usd = {
    old: look.priceOf(look.entry, Math.round(before.billed)),
    fresh: best.candidate.usdPerInstanceHour,
  };
  const dollars = moneyOf(look, { best, before, after, usd });
  const { present, spotShare, load } = look;
  const [architecture] = entry.type.architectures;
  const decision: Proposal = {
    kind: 'shape-proposed',
    from: shapeNow(look),
    to: {
      types: acceptable,
      ...(architecture && { architecture }),
      ...(spotShare > 0 && { spotShare }),
      count: Math.max(1, Math.round(after.billed)),
    },
    expected: {
      dollarsPerMonth: dollars,
      priceBasis: summary.priceBasis,
      hotMinutesPerDay: rounded(before.hotMinutesPerDay, after.hotMinutesPerDay),
      launchesPerDay: rounded(before.launchesPerDay, after.launchesPerDay),
    },
    performanceFactor: (entry.type.performance?.factor ?? 0) / (present.performance?.factor ?? 1),
    priceFactor: usd.fresh / entry.type.vcpus / (usd.old / present.vcpus),
    choice: summary,
    terms: {
      vcpus: { old: present.vcpus, fresh: entry.type.vcpus },
      usdPerInstanceHour: usd,
      ...load.lastDay,
    },
  };
  // Of the bill as well, once what a commitment pays for anyway is taken off.
  const pays = dollars.after <= (1 - LEAST_SAVINGS_SHARE) * dollars.before;
  return { decision, ...(!pays && { reason: 'saves-too-little' as const }) };
}

/** S23: what a commitment pays for in the present family goes on being paid for after the group has left it. */
function moneyOf(
  { run, present }: ShapeLook,
  change: {
    readonly best: RankedShape;
    readonly before: ReplayedShape;
    readonly after: ReplayedShape;
    readonly usd: { readonly old: number; readonly fresh: number };
  },
) {
  const { best, usd } = change;
  const leaves = best.candidate.entry.type.family !== present.family;
  const committed = leaves ? (run.settings.prices.committed[present.family] ?? 0) : 0;
  const before = change.before.billed * usd.old * HOURS_PER_MONTH;
  const after = change.after.billed * usd.fresh * HOURS_PER_MONTH;
  return rounded(before, after + Math.min(1, Math.max(0, committed)) * before);
}

function rounded(before: number, after: number) {
  return { before: Number(before.toFixed(2)), after: Number(after.toFixed(2)) };
}

/** Tells the proposal as the mode wants it, or asks for an answer, or hands it to the rollout. */
export function propose(run: Run, policy: WorkloadPolicy, proposal: Proposal): void {
  const toldOnly = whyToldOnly(run, policy);
  if (toldOnly !== undefined) {
    decide(run, { ...proposal, asks: false }, { kind: 'told', because: toldOnly });
    return;
  }
  const asks = needsApproval(run, policy, proposal);
  const outcome: Outcome = asks ? { kind: 'told', because: 'asks' } : { kind: 'applied' };
  const expires = (run.minute + ANSWER_MINUTES) as Minute;
  decide(run, { ...proposal, asks, ...(asks && { expires }) }, outcome);
}

/** Why nobody is asked: mode, a template that AWS cannot roll back to (S18), or nothing that would carry it out. */
function whyToldOnly({ settings, group }: Run, { mode }: WorkloadPolicy): string | undefined {
  if (mode === 'recommend') return 'mode-does-not-allow';
  if (group.shape.templateVersion !== 'number') return 'not-reversible';
  return settings.rollouts ? undefined : 'rollouts-are-off';
}

/** S1, S20, S23: in approve always; in auto where the family changes, where nothing guards the rollout, or where it is too small. */
function needsApproval(run: Run, policy: WorkloadPolicy, proposal: Proposal): boolean {
  if (policy.mode === 'approve') return true;
  const { ref, targetGroups, desired } = run.group;
  const guards = guardsFor({
    group: ref.name,
    targetGroups,
    ...(policy.guardAlarm !== undefined && { guardAlarm: policy.guardAlarm }),
    size: desired,
  });
  const plan = rolloutPlanOf(proposal, {
    id: decisionId(run, 'shape-proposed'),
    at: run.minute,
    workload: run.workload,
    tier: policy.tier,
    template: '',
  });
  return guards.approvalOnly !== undefined || judgeMoney(plan, run.settings.prices).needsApproval;
}
