import type { Excuse } from '../explain/excuse.ts';
import type { ProposalBasis } from './rollout-plan.ts';

/** By what share anything may have moved since the proposal (S18). */
const MOST_MOVED = 0.1;

/** The same figures as they are now; a figure that cannot be read any more is absent and counts as moved. */
export interface PresentBasis {
  readonly size: number;
  readonly demand?: number;
  /** Size and demand of the same hours a week or more ago, before the proposal; absent where they are not known. */
  readonly before?: { readonly size?: number; readonly demand?: number };
  readonly template: string;
  readonly usdPerInstanceHour: { readonly old: number; readonly fresh: number };
}

/**
 * S18: why an approval is worth nothing any more; undefined where it holds. Size and demand have moved where they differ both from the day
 * before the proposal and from the same hours of the week before it: a Monday is no Sunday, and that was known when the change was proposed.
 */
export function approvalLapsed(
  basis: ProposalBasis & { readonly usdPerInstanceHour: { readonly old: number; readonly fresh: number } },
  now: PresentBasis,
): Excuse | undefined {
  if (basis.template !== now.template) {
    return lapsed('launch template', basis.template, now.template);
  }
  const figures = [
    ['size', now.size, [basis.size, now.before?.size]],
    ['demand', now.demand, [basis.demand, now.before?.demand]],
    ['price of the old type', now.usdPerInstanceHour.old, [basis.usdPerInstanceHour.old]],
    ['price of the new type', now.usdPerInstanceHour.fresh, [basis.usdPerInstanceHour.fresh]],
  ] as const;
  for (const [what, after, [before, alike]] of figures) {
    if (isLike(after, before) || isLike(after, alike)) continue;
    return lapsed(what, before, after ?? 'not known');
  }
  return undefined;
}

function isLike(after: number | undefined, before: number | undefined): boolean {
  if (after === undefined || before === undefined) return false;
  return Math.abs(after - before) <= MOST_MOVED * Math.abs(before) + 1e-9;
}

function lapsed(bottleneck: string, before: number | string, after: number | string): Excuse {
  return { code: 'approval-lapsed', bottleneck, facts: { before, after } };
}
