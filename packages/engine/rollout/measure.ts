import type { Instances, Minute } from '@evenkeel/core/quantities';
import {
  type CanaryInstance,
  type CanaryJudgement,
  DEFAULT_CANARY_TEST,
  isEqualShare,
  judgeCanary,
} from '@evenkeel/core/rollout';
import type { InstanceReading } from '../ports/index.ts';
import type { Rollout } from './deps.ts';

/** What a look at the canary says, and how many new instances stand among how many. */
export type CanaryLook = CanaryJudgement & {
  readonly canary: Instances;
  readonly group: Instances;
  /** Types of the new instances, where the preferred one could not be had for all of them. */
  readonly mixed?: readonly string[];
};

/** A new instance fills its caches before it shows how fast it is. */
const WARM_MINUTES = 10;

/** Compares new with old instances from `since` on, in every way that is measured. */
export async function measure(
  rollout: Rollout,
  options: { readonly since: Minute; readonly now: Minute; readonly looks: number },
): Promise<CanaryLook> {
  const { plan, ports, ref } = rollout;
  const from = (options.since + WARM_MINUTES) as Minute;
  const { instances, intervalMinutes } = await ports.instanceMetrics.read(ref, from, options.now);
  const isNew = ({ type }: InstanceReading): boolean => plan.to.types.includes(type);
  const fresh = instances.filter(isNew);
  const old = instances.filter((each) => !isNew(each));
  const balancing = await ports.shapeFacts.balancing(ref);
  const judgement = judgeCanary(
    {
      old: old.flatMap(witness),
      fresh: fresh.flatMap(witness),
      intervalMinutes,
      vcpus: plan.vcpus,
      promised: plan.promisedFactor,
      equalShares: balancing !== undefined && isEqualShare(balancing),
    },
    { ...DEFAULT_CANARY_TEST, looks: options.looks },
  );
  const types = [...new Set(fresh.map(({ type }) => type))].sort();
  const isMixed = types.some((type) => type !== plan.to.types[0]);
  return { ...judgement, canary: fresh.length, group: instances.length, ...(isMixed && { mixed: types }) };
}

/** Up to this share of datapoints may be missing. */
const MOST_MISSING = 0.2;

/** An instance that came meanwhile is no witness: it has no datapoints from the beginning. A sick one is, whatever it published. */
function witness(reading: InstanceReading): readonly CanaryInstance[] {
  const { cpu, healthy } = reading;
  const missing = cpu.filter((value) => Number.isNaN(value)).length;
  return healthy && missing > MOST_MISSING * cpu.length ? [] : [reading];
}
