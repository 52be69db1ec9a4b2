import { usdPerHour } from './candidate.ts';
import type { ShapeCost, ShapeEvaluation } from './cost/shape-cost.ts';
import type { InstanceType } from './instance-type.ts';
import type { RankedShape } from './rank-shapes.ts';

/** Spot placement wants three types at the least, and a launch that fails for capacity wants a second one. */
const ENOUGH = 5;
/** How far an instance's CPU may be from the preferred one's for the group to count them as equal, without weights. */
const LIKE = { least: 0.9, most: 1.5 } as const;
/** A stand-in serves while the preferred type cannot be had: it may be dearer by half, and riskier by a tenth. */
const MOST_EXTRA = { price: 1.5, risk: 1.1 } as const;

/**
 * Types that may stand in for the preferred one at the same count, the preferred one first, then the cheaper ones first: of one architecture,
 * so that one image serves, of like size, so that no weights are needed, and holding the load as safely. At most five.
 */
export function acceptableTypes(
  preferred: RankedShape,
  others: readonly RankedShape[],
  evaluation: ShapeEvaluation,
): readonly string[] {
  const { candidate } = preferred;
  const standIns = others
    .filter((other) => other !== preferred && isLike(other.candidate.entry.type, candidate.entry.type))
    .map((other) => ({ ...other.candidate, count: candidate.count }))
    .filter((standIn) => usdPerHour(standIn) <= MOST_EXTRA.price * usdPerHour(candidate))
    .filter((standIn) => shortageOf(evaluation.costOf(standIn)) <= riskAllowed(preferred))
    .sort((a, b) => usdPerHour(a) - usdPerHour(b) || (a.entry.type.name < b.entry.type.name ? -1 : 1));
  const names = standIns.map(({ entry }) => entry.type.name).slice(0, ENOUGH - 1);
  return [candidate.entry.type.name, ...names];
}

function isLike(type: InstanceType, preferred: InstanceType): boolean {
  const ratio = cpuOf(type) / cpuOf(preferred);
  const oneImage = type.architectures.some((each) => preferred.architectures.includes(each));
  return oneImage && ratio >= LIKE.least && ratio <= LIKE.most;
}

function cpuOf(type: InstanceType): number {
  return type.vcpus * (type.performance?.factor ?? 0);
}

function shortageOf({ breaches }: ShapeCost): number {
  return breaches.reduce((sum, { mean }) => sum + mean, 0);
}

/** A preferred type that is never short still allows a stand-in a thousandth. */
function riskAllowed({ cost }: RankedShape): number {
  return MOST_EXTRA.risk * shortageOf(cost) + 0.001;
}
