import type { AdoptionDecision } from '@evenkeel/core/explain';
import { tunablePolicy } from '@evenkeel/core/guard';
import type { Minute } from '@evenkeel/core/quantities';
import type { WorkloadPolicy } from '@evenkeel/core/workload';
import type { Home } from '../ports/index.ts';
import { decide, type Run, remember } from './run.ts';

/** Told by whichever use case first meets the group, or meets it again after it was left. */
export function tellAdoption(run: Run, { tier, mode }: WorkloadPolicy): void {
  if (run.loaded !== undefined && run.record.leftAt === undefined) return;
  if (run.record.leftAt !== undefined) comeBack(run);
  tellHome(run, { tier, mode });
}

/** Coming back after it left: what stands now is the owner's, whatever was seen before. */
function comeBack(run: Run): void {
  const { size, policies } = run.group;
  const tunable = tunablePolicy(policies);
  remember(run, {
    leftAt: undefined,
    home: { minSize: size.min, ...(tunable.kind === 'tunable' && { policy: tunable.policy }) },
    minSizeSeen: size.min,
    accountedTo: (run.minute + 1) as Minute,
    trailReadAt: run.minute,
    listedAt: undefined,
    intended: undefined,
    intendedTarget: undefined,
    unexplainedSince: undefined,
  });
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
