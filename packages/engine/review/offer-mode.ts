import { MINUTES_PER_DAY, MINUTES_PER_WEEK, type Minute } from '@evenkeel/core/quantities';
import type { WorkloadPolicy } from '@evenkeel/core/workload';
import { decide, type Run, remember } from '../run/run.ts';
import type { Learned } from './learn.ts';

/** After so long in observe the switch is offered, once. */
const OBSERVED_DAYS = 14;

/** S1: after two weeks of looking on, Evenkeel offers to act. The nightly strategy entries are the backtest behind the offer. */
export async function offerMode(
  run: Run,
  policy: WorkloadPolicy,
  { profile, own, expect }: Learned,
): Promise<void> {
  const { record, minute } = run;
  const observedDays = Math.floor((minute - record.adoptedAt) / MINUTES_PER_DAY);
  if (policy.mode !== 'observe' || observedDays < OBSERVED_DAYS || record.offeredAt !== undefined) return;
  remember(run, { offeredAt: minute });
  const expires = (minute + MINUTES_PER_WEEK) as Minute;
  const expected =
    profile && own !== undefined
      ? await expect?.({ target: own, floors: 'none' }, profile.strategy)
      : undefined;
  decide(
    run,
    { kind: 'mode-offer', from: 'observe', to: 'auto', observedDays, expected: expected ?? {}, expires },
    { kind: 'told', because: 'asks' },
  );
}
