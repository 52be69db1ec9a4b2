import type { AdoptionDecision } from '@evenkeel/core/explain';
import type { WorkloadPolicy } from '@evenkeel/core/workload';
import type { Home } from '../ports/index.ts';
import { decide, type Run, remember } from './run.ts';

/** Told by whichever use case first meets the group, or meets it again after it was left. */
export function tellAdoption(run: Run, { tier, mode }: WorkloadPolicy): void {
  if (run.loaded !== undefined && run.record.leftAt === undefined) return;
  // Coming back after it left: what stands now is the owner's, whatever was seen before.
  if (run.record.leftAt !== undefined) {
    const { size } = run.group;
    remember(run, { leftAt: undefined, minSizeSeen: size.min, trailReadAt: run.minute, listedAt: undefined });
  }
  tellHome(run, { tier, mode });
}

/** A changed value in code, or by the owner's hand, is the new home. */
export function newHome(run: Run, changed: Partial<Home>): void {
  const before = run.record.home;
  remember(run, { home: { ...before, ...changed } });
  tellHome(run, {
    before: {
      minSize: before.minSize,
      ...(before.policy === undefined ? {} : { target: before.policy.target }),
    },
  });
}

function tellHome(run: Run, more: Pick<AdoptionDecision, 'tier' | 'mode' | 'before'>): void {
  const { minSize, policy } = run.record.home;
  const home = { homeMinSize: minSize, ...(policy === undefined ? {} : { homeTarget: policy.target }) };
  decide(run, { kind: 'adoption', ...home, ...more }, { kind: 'applied' });
}
