import { ceilInstances, type Utilisation } from '@evenkeel/core/quantities';
import type { Policy } from '@evenkeel/core/replay';

/** Changes smaller than this share of the target are not made. */
const TOLERANCE = 0.1;
/** Scale-in goes to the highest recommendation of this many minutes. */
const STABILISATION = 5;
/** A scale-out may at most double the group or add this many, in each of the periods that a minute holds. */
const ADDED = 4;
const PERIODS_PER_MINUTE = 4;

/**
 * Kubernetes' HorizontalPodAutoscaler (and KEDA's, which hands its metric to it), with its default tolerance and
 * behaviour, an instance in place of a pod and asked once a minute, as often as the metric changes. Instances that start
 * count as idle when it scales out.
 * https://kubernetes.io/docs/concepts/workloads/autoscaling/horizontal-pod-autoscale/#algorithm-details
 */
export function horizontalPodAutoscaler(target: Utilisation): Policy {
  const recent: number[] = [];
  return {
    wish: (_minute, { fleet, newest, visible, inService }) => {
      const total = fleet.inService + fleet.starting;
      if (newest < 0) return total;
      const size = recommended({ visible: visible[newest]!, measured: inService[newest]!, total, target });
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
  readonly total: number;
  readonly target: Utilisation;
}

/** Ready instances scaled by usage over target; those without a metric count 0 % going up and 100 % going down. */
function recommended({ visible, measured, total, target }: Measured): number {
  const ratio = visible / measured / target;
  const missing = Math.max(0, total - measured);
  if (missing === 0) return isWithinTolerance(ratio) ? total : ceilInstances(ratio * measured);
  const assumed = ratio < 1 ? missing : 0;
  const careful = (visible + assumed) / total / target;
  if (isWithinTolerance(careful) || ratio < 1 !== careful < 1) return total;
  return ceilInstances(careful * total);
}

function isWithinTolerance(ratio: number): boolean {
  return ratio >= 1 - TOLERANCE && ratio <= 1 + TOLERANCE;
}

function highestAllowed(total: number): number {
  let size = total;
  for (let period = 0; period < PERIODS_PER_MINUTE; period++) size = Math.max(2 * size, size + ADDED);
  return size;
}
