import type { Expectation } from '../explain/expectation.ts';
import type { ShapeAndCount } from '../explain/shape-decisions.ts';
import type { CapacityUnits, Instances, Minute } from '../quantities.ts';
import { LEAST_SAVINGS_SHARE } from '../shape/shape-rules.ts';
import type { Tier } from '../workload/tier.ts';

/** A figure of the old and of the new shape. */
export interface OldNew {
  readonly old: number;
  readonly fresh: number;
}

/** What the proposal stood on; an approval holds as long as none of it moved by more than a tenth (S18). */
export interface ProposalBasis {
  readonly at: Minute;
  /** Mean instances in service of the day before: the size of the moment moves by more every morning. */
  readonly size: Instances;
  /** Mean demand of the day before, in instances of the old shape. */
  readonly demand: CapacityUnits;
  /** The template and its version, as one string. */
  readonly template: string;
}

/** A change of shape that was proposed: types only, never a finished configuration (S18). Plain JSON. */
export interface RolloutPlan {
  /** The proposal's ledger id: the same proposal is rolled out once. */
  readonly id: string;
  readonly workload: string;
  readonly tier: Tier;
  readonly from: ShapeAndCount;
  readonly to: ShapeAndCount;
  readonly vcpus: OldNew;
  /** As it would be bought, USD. */
  readonly usdPerInstanceHour: OldNew;
  /** Work per vCPU of the new type against the old one, as the catalogue or an earlier canary has it. */
  readonly promisedFactor: number;
  readonly expected: Expectation;
  readonly basis: ProposalBasis;
  /** The rollout this one goes back from: it was not worth it, so this one need not save anything. */
  readonly wayBackOf?: string;
}

/** What one new instance carries, in instances of the old shape, if a vCPU of it does `factor` times the work. */
export function capacityRatio({ vcpus }: Pick<RolloutPlan, 'vcpus'>, factor: number): number {
  return (vcpus.fresh * factor) / vcpus.old;
}

/** What the change saves, as a share of what the capacity costs today, if a vCPU of the new type does `factor` times the work. */
export function savingsShare(plan: RolloutPlan, factor: number): number {
  const { old, fresh } = plan.usdPerInstanceHour;
  return 1 - fresh / old / capacityRatio(plan, factor);
}

/** Whether the change still pays with the performance factor that was measured. */
export function stillPays(plan: RolloutPlan, factor: number): boolean {
  return savingsShare(plan, factor) >= LEAST_SAVINGS_SHARE;
}

/** Whether a change is worth going on with: one that saves has to go on paying, a way back only has to work. */
export function isWorth(plan: RolloutPlan, factor: number): boolean {
  return plan.wayBackOf !== undefined || stillPays(plan, factor);
}
