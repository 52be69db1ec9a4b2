import type { Excuse } from '../explain/excuse.ts';
import type { ProposalBasis } from './rollout-plan.ts';

/** By what share anything may have moved since the proposal (S18). */
const MOST_MOVED = 0.1;

/** The same figures as they are now; a figure that cannot be read any more is absent and counts as moved. */
export interface PresentBasis {
  readonly size: number;
  readonly demand?: number;
  readonly template: string;
  readonly usdPerInstanceHour: { readonly old: number; readonly fresh: number };
}

/** S18: why an approval is worth nothing any more; undefined where it holds. */
export function approvalLapsed(
  basis: ProposalBasis & { readonly usdPerInstanceHour: { readonly old: number; readonly fresh: number } },
  now: PresentBasis,
): Excuse | undefined {
  if (basis.template !== now.template) {
    return lapsed('launch template', basis.template, now.template);
  }
  const figures = [
    ['size', basis.size, now.size],
    ['demand', basis.demand, now.demand],
    ['price of the old type', basis.usdPerInstanceHour.old, now.usdPerInstanceHour.old],
    ['price of the new type', basis.usdPerInstanceHour.fresh, now.usdPerInstanceHour.fresh],
  ] as const;
  for (const [what, before, after] of figures) {
    if (after === undefined || Math.abs(after - before) > MOST_MOVED * Math.abs(before) + 1e-9) {
      return lapsed(what, before, after ?? 'not known');
    }
  }
  return undefined;
}

function lapsed(bottleneck: string, before: number | string, after: number | string): Excuse {
  return { code: 'approval-lapsed', bottleneck, facts: { before, after } };
}
