import type { Expectation, ShapeAndCount } from '@evenkeel/core/explain';
import type { Minute } from '@evenkeel/core/quantities';
import { capacityRatio, convertInstances, type Guard, type RolloutPlan } from '@evenkeel/core/rollout';
import { parsePolicy, seriesKey } from '@evenkeel/core/workload';
import { learnTypeRatio } from '../run/type-ratios.ts';
import { minuteNow, type Rollout, record } from './deps.ts';
import type { Progress } from './follow.ts';
import { convertNumbers, liftHold, removeGuards } from './hands.ts';
import { note, release } from './register.ts';

export type RolloutEnd = 'finished' | 'rolled-back' | 'left' | 'not-begun';

/** The refresh has ended: numbers are converted, what was learned is kept, everything that was made for the rollout goes. Twice is once. */
export async function conclude(
  rollout: Rollout,
  progress: Progress,
  guards: readonly Guard[],
): Promise<RolloutEnd> {
  const { plan } = rollout;
  const measured = progress.canary?.factor?.estimate;
  const end: RolloutEnd =
    progress.ended === 'successful' ? 'finished' : progress.ended === 'rolled-back' ? 'rolled-back' : 'left';
  const factor = measured ?? (end === 'finished' ? plan.promisedFactor : undefined);
  // What stand-ins do says nothing of the type that was wanted.
  if (factor !== undefined && progress.canary?.mixed === undefined) await learn(rollout, factor);
  if (end === 'finished')
    await convertNumbers(rollout, capacityRatio(plan, measured ?? plan.promisedFactor), progress.startedAt);
  await liftHold(rollout);
  await removeGuards(rollout, guards);
  await release(rollout, end === 'finished');
  if (end === 'finished') await tellFinished(rollout, progress);
  else await tellBack(rollout, progress, end);
  await note(rollout, { state: 'ended' });
  return end;
}

/** S17: what an instance of the new type carries belongs to the series; the factor itself goes on in the ledger's verdict. */
async function learn({ ports, ref, plan }: Rollout, factor: number): Promise<void> {
  const group = await ports.groups.read(ref);
  const parsed = group && parsePolicy(group.tags);
  const series = parsed?.ok ? seriesKey(parsed.policy) : plan.workload;
  const [type, against] = [plan.to.types[0], plan.from.types[0]];
  if (type === undefined || against === undefined || type === against) return;
  await learnTypeRatio(ports.documents, series, { type, against, ratio: capacityRatio(plan, factor) });
}

async function tellFinished(rollout: Rollout, progress: Progress): Promise<void> {
  const { plan } = rollout;
  const corrected = correctedPlan(plan, progress.canary?.factor?.estimate);
  await record(rollout, 'shape-finished', {
    decision: {
      kind: 'shape-finished',
      rollout: plan.id,
      from: plan.from,
      to: corrected.to,
      expected: corrected.expected,
      took: minuteNow(rollout) - progress.startedAt,
    },
  });
}

/** Count and money with what was measured instead of what was promised. */
function correctedPlan(
  plan: RolloutPlan,
  measured: number | undefined,
): { readonly to: ShapeAndCount; readonly expected: Expectation } {
  if (measured === undefined) return { to: plan.to, expected: plan.expected };
  const correction = capacityRatio(plan, plan.promisedFactor) / capacityRatio(plan, measured);
  const to = { ...plan.to, count: convertInstances(plan.to.count, 1 / correction) };
  const money = plan.expected.dollarsPerMonth;
  if (!money) return { to, expected: plan.expected };
  const dollarsPerMonth = { before: money.before, after: money.after * correction };
  return { to, expected: { ...plan.expected, dollarsPerMonth } };
}

async function tellBack(rollout: Rollout, progress: Progress, end: RolloutEnd): Promise<void> {
  const { plan, settings } = rollout;
  await record(rollout, 'shape-rolled-back', {
    decision: {
      kind: 'shape-rolled-back',
      rollout: plan.id,
      tried: plan.to,
      back: plan.from,
      reason: progress.leaving ?? 'failed',
      ...(progress.broke && { broke: progress.broke }),
      notBefore: (minuteNow(rollout) + settings.notAgainMinutes) as Minute,
    },
    outcome:
      end === 'rolled-back'
        ? { kind: 'applied' }
        : {
            kind: 'failed',
            message: `the refresh ended as ${progress.ended}: instances that were replaced stay as they are`,
          },
  });
}
