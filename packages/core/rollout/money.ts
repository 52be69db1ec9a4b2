import type { RolloutPlan } from './rollout-plan.ts';

/** What somebody stated of discounts in the settings (S23). */
export interface PriceTerms {
  /** Families (`m7g`) whose real price is stated; empty: nothing but AWS's list price is known. */
  readonly stated: readonly string[];
  /** Share of the capacity of a family that a commitment pays for whether it runs or not, 0 … 1. */
  readonly committed: Readonly<Record<string, number>>;
}

export const LIST_PRICES: PriceTerms = { stated: [], committed: {} };

export interface MoneyVerdict {
  readonly priceBasis: 'list' | 'stated';
  /** A commitment for the old family may be lost by leaving it, and nobody said that there is none. */
  readonly needsApproval: boolean;
  /** USD an hour that the change saves: capacity under a commitment goes on being paid for. */
  readonly savesUsdPerHour: number;
}

/** S23: what may be said of the money, and whether a person has to look at it. */
export function judgeMoney(plan: RolloutPlan, terms: PriceTerms = LIST_PRICES): MoneyVerdict {
  const [from, to] = [familyOf(plan.from.types[0]), familyOf(plan.to.types[0])];
  const stated = terms.stated.includes(from) && terms.stated.includes(to);
  const { old, fresh } = plan.usdPerInstanceHour;
  return {
    priceBasis: stated ? 'stated' : 'list',
    needsApproval: from !== to && !stated,
    savesUsdPerHour: plan.from.count * old * (1 - paidAnyway(plan, terms)) - plan.to.count * fresh,
  };
}

/** Share of the old shape's bill that a commitment goes on paying after the group has left the family (S23); 0 where it stays in it. */
export function paidAnyway(
  { from, to }: Pick<RolloutPlan, 'from' | 'to'>,
  { committed }: PriceTerms,
): number {
  const family = familyOf(from.types[0]);
  if (family === familyOf(to.types[0])) return 0;
  return Math.min(1, Math.max(0, committed[family] ?? 0));
}

/** `m7g` of `m7g.large`. */
function familyOf(type: string | undefined): string {
  return type?.split('.')[0] ?? '';
}
