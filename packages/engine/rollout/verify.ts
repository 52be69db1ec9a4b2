import type { Minute } from '@evenkeel/core/quantities';
import type { RolloutPlan } from '@evenkeel/core/rollout';
import { unitsSince } from '../run/shape-units.ts';
import { minuteNow, type Rollout, record } from './deps.ts';
import { recordOf } from './register.ts';

const HOURS_PER_MONTH = 730;
/** Less than this of what was promised is not kept. */
const KEPT_SHARE = 0.5;
const DAY = 1440;

/** A day after: what the capacity that real demand called for would have cost in the old shape, against what it did in the new one. Proposes the way back where it saves too little. */
export async function verify(rollout: Rollout): Promise<boolean> {
  const { plan, ports, ref } = rollout;
  const at = minuteNow(rollout);
  const reading = await ports.metrics.demand(ref, (at - DAY) as Minute, at);
  const inService = meanOf(reading.inService);
  if (inService === undefined) return false;
  const record_ = await ports.records.load(ref);
  const ended = await recordOf(ports.documents, plan.id);
  const units = unitsSince(record_?.shapes, ((ended?.startedAt ?? at) - 1) as Minute);
  const measured = savedPerMonth(plan, { units, inService });
  const promised = promisedPerMonth(plan);
  await record(rollout, 'shape-verified', {
    decision: {
      kind: 'shape-verified',
      rollout: plan.id,
      to: { ...plan.to, count: Math.round(inService) },
      promised,
      measured,
    },
  });
  const kept = measured >= KEPT_SHARE * promised;
  if (!kept) await proposeBack(rollout, measured);
  return kept;
}

/** The capacity that stood there, in old instances, against what it cost in new ones. */
function savedPerMonth(
  plan: RolloutPlan,
  { units, inService }: { readonly units: number; readonly inService: number },
): number {
  const { old, fresh } = plan.usdPerInstanceHour;
  return inService * (units * old - fresh) * HOURS_PER_MONTH;
}

function promisedPerMonth(plan: RolloutPlan): number {
  const { old, fresh } = plan.usdPerInstanceHour;
  return (plan.from.count * old - plan.to.count * fresh) * HOURS_PER_MONTH;
}

async function proposeBack(rollout: Rollout, measured: number): Promise<void> {
  const { plan } = rollout;
  await record(rollout, 'way-back', {
    decision: {
      kind: 'shape-proposed',
      from: plan.to,
      to: plan.from,
      expected: { dollarsPerMonth: { before: Math.max(0, -measured), after: 0 } },
      performanceFactor: 1 / plan.promisedFactor,
      priceFactor:
        plan.usdPerInstanceHour.old / plan.vcpus.old / (plan.usdPerInstanceHour.fresh / plan.vcpus.fresh),
      asks: false,
    },
    outcome: { kind: 'told', because: 'saves-less-than-promised' },
  });
}

function meanOf(values: Float64Array): number | undefined {
  const known = values.filter((value) => !Number.isNaN(value));
  return known.length === 0 ? undefined : known.reduce((sum, value) => sum + value, 0) / known.length;
}
