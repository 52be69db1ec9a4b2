import type { Minute } from '@evenkeel/core/quantities';
import { type CanaryJudgement, DEFAULT_CANARY_TEST, isEqualShare, judgeCanary } from '@evenkeel/core/rollout';
import type { InstanceReading } from '../ports/index.ts';
import type { Rollout } from './deps.ts';

/** What a look at the canary says. */
export type CanaryLook = CanaryJudgement & { readonly canary: number };

/** A new instance fills its caches before it shows how fast it is. */
const WARM_MINUTES = 10;

/**
 * Compares new with old instances from `since` on. Where shares may be unequal (S21) nothing can be said; a canary that is not healthy is
 * worse, whatever it did per vCPU.
 */
export async function measure(
  rollout: Rollout,
  options: { readonly since: Minute; readonly now: Minute; readonly looks: number },
): Promise<CanaryLook> {
  const { plan, ports, ref } = rollout;
  const from = (options.since + WARM_MINUTES) as Minute;
  const readings = await ports.instanceMetrics.read(ref, from, options.now);
  const isNew = ({ type }: InstanceReading): boolean => plan.to.types.includes(type);
  const fresh = readings.instances.filter(isNew);
  const old = readings.instances.filter((each) => !isNew(each));
  const test = { ...DEFAULT_CANARY_TEST, looks: options.looks };
  const nothing: CanaryLook = {
    verdict: 'undecided',
    confidence: 1 - test.error / test.looks,
    intervals: 0,
    canary: fresh.length,
  };
  if (fresh.length > 0 && fresh.every(({ healthy }) => !healthy)) return { ...nothing, verdict: 'worse' };
  const { balancing } = await ports.shapeFacts.read(ref, { types: plan.to.types });
  if (balancing === undefined || !isEqualShare(balancing)) return nothing;
  const busy = (vcpus: number) => (reading: InstanceReading) => reading.cpu.map((share) => share * vcpus);
  const judgement = judgeCanary(
    {
      // An instance that came meanwhile is no witness: it has no datapoints from the beginning.
      old: old.filter(({ healthy, cpu }) => healthy && isComplete(cpu)).map(busy(plan.vcpus.old)),
      fresh: fresh.filter(({ healthy, cpu }) => healthy && isComplete(cpu)).map(busy(plan.vcpus.fresh)),
      vcpus: plan.vcpus,
      promised: plan.promisedFactor,
    },
    test,
  );
  return { ...judgement, canary: fresh.length };
}

/** Up to this share of datapoints may be missing. */
const MOST_MISSING = 0.2;

function isComplete(cpu: Float64Array): boolean {
  return cpu.filter((value) => Number.isNaN(value)).length <= MOST_MISSING * cpu.length;
}
