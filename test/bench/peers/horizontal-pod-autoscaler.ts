import { ceilInstances, type Utilisation } from '@evenkeel/core/quantities';
import type { Policy, View } from '@evenkeel/core/replay';

/** Changes smaller than this share of the target are not made. */
const TOLERANCE = 0.1;
/** Scale-in goes to the highest recommendation of this many minutes. */
const STABILISATION = 5;
/** A scale-out may at most double the group or add this many, in each of the periods that a minute holds. */
const ADDED = 4;
const PERIODS_PER_MINUTE = 4;

/**
 * Kubernetes' HorizontalPodAutoscaler (and KEDA's, which hands its metric to it), with its default tolerance and
 * behaviour, an instance in place of a pod and asked once a minute, as often as the metric changes.
 * https://kubernetes.io/docs/concepts/workloads/autoscaling/horizontal-pod-autoscale/#algorithm-details
 */
export function horizontalPodAutoscaler(target: Utilisation): Policy {
  const recent: number[] = [];
  return {
    wish: (_minute, { fleet, newest, visible, inService }) => {
      const total = fleet.inService + fleet.starting;
      if (newest < 0) return total;
      const size = recommended({ visible: visible[newest]!, measured: inService[newest]!, target }, fleet);
      recent.push(size);
      if (recent.length > STABILISATION) recent.shift();
      const stabilised = size < total ? Math.min(total, Math.max(...recent)) : size;
      return Math.min(stabilised, highestAllowed(total));
    },
  };
}

interface Measured {
  readonly visible: number;
  /** Instances that the metric was measured on. */
  readonly measured: number;
  readonly target: Utilisation;
}

/**
 * Usage over target, for the instances that are ready. Going up, those that start or have no metric yet count as idle;
 * going down, those without a metric count as busy. A size that this would turn round is not taken.
 */
function recommended(
  { visible, measured, target }: Measured,
  { inService, starting }: View['fleet'],
): number {
  const total = inService + starting;
  const ready = Math.min(measured, inService);
  const missing = inService - ready;
  const ratio = visible / measured / target;
  const idle = ratio > 1 ? starting + missing : 0;
  const busy = ratio < 1 ? missing : 0;
  if (idle + busy === 0) return isWithinTolerance(ratio) ? total : ceilInstances(ratio * ready);
  const counted = ready + idle + busy;
  const careful = (ready * ratio + busy / target) / counted;
  if (isWithinTolerance(careful) || ratio < 1 !== careful < 1) return total;
  const size = ceilInstances(careful * counted);
  return ratio < 1 ? Math.min(size, total) : Math.max(size, total);
}

function isWithinTolerance(ratio: number): boolean {
  return ratio >= 1 - TOLERANCE && ratio <= 1 + TOLERANCE;
}

function highestAllowed(total: number): number {
  let size = total;
  for (let period = 0; period < PERIODS_PER_MINUTE; period++) size = Math.max(2 * size, size + ADDED);
  return size;
}
