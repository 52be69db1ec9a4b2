import type { Dimension } from './dimensions/dimension.ts';
import { createLoadCurve, shareAbove } from './load-curve.ts';

/** How the level of a load is judged to wander. */
export interface DriftModel {
  /** Into how many equal parts the history is cut; several cuts, so that no one rhythm decides. */
  readonly cuts: readonly number[];
  /** The most one pair of parts may say: beyond it parts differ by being idle or not, which the history itself shows. */
  readonly mostPerPair: number;
  /** No level is known better than this. */
  readonly least: number;
  /** How far away the time is that is asked about, in lengths of the history: 1 where the future is as long as the past. */
  readonly distance: number;
}

/** A level is at least this, so that an idle part has a logarithm. */
const LEAST_LEVEL = 1e-9;

/**
 * How far the level of a load may move from one stretch of time to the next, as the standard deviation of its logarithm: the root mean
 * square of how much the critical levels of parts of the history differ, drawn out to the distance asked about. Whatever the load's unit: a
 * share, not an amount.
 */
export function levelDrift(
  load: Float64Array,
  { breach, lossFactor, model }: { breach: Dimension['breach']; lossFactor: number; model: DriftModel },
): number {
  const cuts = model.cuts.filter((parts) => load.length >= parts);
  const variances = cuts.map((parts) => {
    const levels = partsOf(load, parts).map((part) => Math.log(criticalLevel(part, breach, lossFactor)));
    return squaredAt(levels, model);
  });
  return Math.sqrt(model.least ** 2 + (variances.length > 0 ? meanOf(variances) : 0));
}

/**
 * The limit x that would have been cheapest for a load if capacity cost x and a breach `lossFactor` times as much. For slowdowns that is the
 * newsvendor's answer: x + l x mean(load - x)+ is least at the lowest sample that at most a share 1/l of the samples exceed. For outages
 * x (1 + l x share above) is searched.
 */
export function criticalLevel(load: Float64Array, breach: Dimension['breach'], lossFactor: number): number {
  const curve = createLoadCurve(load);
  const { sorted } = curve;
  if (breach === 'slowdown') {
    const index = Math.ceil(sorted.length - 1 - sorted.length / lossFactor);
    return Math.max(LEAST_LEVEL, sorted[Math.max(0, index)]!);
  }
  const highest = sorted[sorted.length - 1]!;
  let best = highest;
  let least = highest;
  for (let i = sorted.length - 2; i >= 0; i--) {
    const level = sorted[i]!;
    // Lower levels cannot win any more once the outages alone cost the whole loss factor of a level this low.
    if (level * (1 + lossFactor) < least && level < highest * IGNORED) break;
    const cost = level * (1 + lossFactor * shareAbove(curve, level));
    if (cost < least) [best, least] = [level, cost];
  }
  return Math.max(LEAST_LEVEL, best);
}

/** A level under this share of the highest is no level to live with: nearly every sample would be an outage. */
const IGNORED = 0.02;

function partsOf(load: Float64Array, parts: number): readonly Float64Array[] {
  const length = Math.floor(load.length / parts);
  return Array.from({ length: parts }, (_, i) => load.subarray(i * length, (i + 1) * length));
}

/**
 * The squared difference to expect between stretches `distance` apart: pairs of parts by their distance (as a share of the history), each
 * difference held to the most a pair may say, and a straight line through them (the variogram of a series, cut off where the
 * line would fall). A level that jumps about keeps its mean, one that wanders off is drawn out to the distance that counts.
 */
function squaredAt(levels: readonly number[], { mostPerPair: most, distance: asked }: DriftModel): number {
  const pairs = levels.flatMap((level, i) =>
    levels.slice(i + 1).map((later, j) => ({
      distance: (j + 1) / levels.length,
      squared: Math.min(most, Math.abs(later - level)) ** 2,
    })),
  );
  if (pairs.length === 0) return 0;
  const meanDistance = meanOf(pairs.map(({ distance }) => distance));
  const meanSquared = meanOf(pairs.map(({ squared }) => squared));
  const covariance = meanOf(pairs.map((pair) => (pair.distance - meanDistance) * pair.squared));
  const variance = meanOf(pairs.map(({ distance }) => (distance - meanDistance) ** 2));
  const slope = variance > 0 ? Math.max(0, covariance / variance) : 0;
  return Math.min(most ** 2, meanSquared + slope * Math.max(0, asked - meanDistance));
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
