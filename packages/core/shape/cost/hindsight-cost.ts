import type { Candidate } from '../candidate.ts';
import { DIMENSIONS, type Dimension } from '../dimensions/index.ts';
import { createLoadCurve, type LoadCurve, meanBreach } from '../load-curve.ts';
import { checkedHistory, type ShapeHistory } from '../shape-history.ts';
import type { ShapeRules } from '../shape-rules.ts';
import type { CostOf, ShapeCost } from './shape-cost.ts';

/** A load whose course is known, ready to be held against any candidate. */
export interface KnownLoad {
  readonly history: ShapeHistory;
  readonly rules: ShapeRules;
  readonly loads: readonly KnownDimension[];
}

interface KnownDimension {
  readonly dimension: Dimension;
  readonly load: Float64Array;
  readonly curve: LoadCurve;
}

export function knownLoad(history: ShapeHistory, rules: ShapeRules): KnownLoad {
  const loads = DIMENSIONS.flatMap((dimension): readonly KnownDimension[] => {
    const load = dimension.loadOf(checkedHistory(history));
    return load ? [{ dimension, load, curve: createLoadCurve(load) }] : [];
  });
  return { history, rules, loads };
}

/** Shortage of a candidate on a known load. */
export interface Shortage {
  /** Mean over samples of the largest slowdown plus one for an outage. */
  readonly meanExcess: number;
  /** Share of samples with any, 0 … 1. */
  readonly hotShare: number;
}

/** Shortages below this are rounding. */
const NOTHING = 1e-9;

/** Sample by sample: the largest slowdown of any dimension, plus one where memory does not fit. */
export function shortageOf(known: KnownLoad, candidate: Candidate): Shortage {
  const limits = known.loads.map(({ dimension }) => limitOf(dimension, candidate, known));
  const samples = known.history.cpu.length;
  let sum = 0;
  let hot = 0;
  for (let i = 0; i < samples; i++) {
    let slowdown = 0;
    let outage = 0;
    for (let d = 0; d < limits.length; d++) {
      const { load, dimension } = known.loads[d]!;
      if (load[i]! <= limits[d]!) continue;
      if (dimension.breach === 'outage') outage = 1;
      else slowdown = Math.max(slowdown, load[i]! / limits[d]! - 1);
    }
    const excess = slowdown + outage;
    if (excess > NOTHING) hot += 1;
    sum += excess;
  }
  return { meanExcess: sum / samples, hotShare: hot / samples };
}

/**
 * What candidates would have cost on a load that is known from end to end: price x (1 + loss factor x mean excess). On the past it fits
 * the past, and judges nothing of what comes; on what came it is the score.
 */
export function hindsightCost(known: KnownLoad, lossFactor: number): CostOf {
  return (candidate): ShapeCost => {
    const price = candidate.count * candidate.usdPerInstanceHour;
    const breaches = known.loads.map(({ dimension, curve }) => ({
      dimension: dimension.name,
      mean: meanBreach(curve, limitOf(dimension, candidate, known), dimension.breach),
    }));
    const { meanExcess } = shortageOf(known, candidate);
    return { riskAdjustedUsd: price * (1 + lossFactor * meanExcess), breaches };
  };
}

/** A lower bound of hindsightCost in the logarithm of the samples: the slowdowns' worst mean is at most the mean of the worst. */
export function hindsightBound(known: KnownLoad, lossFactor: number): (candidate: Candidate) => number {
  return (candidate) => {
    let slowdown = 0;
    let outage = 0;
    for (const { dimension, curve } of known.loads) {
      const mean = meanBreach(curve, limitOf(dimension, candidate, known), dimension.breach);
      if (dimension.breach === 'outage') outage += mean;
      else slowdown = Math.max(slowdown, mean);
    }
    return candidate.count * candidate.usdPerInstanceHour * (1 + lossFactor * (slowdown + outage));
  };
}

/** A limit that the catalogue has no figure for holds nothing. */
function limitOf(dimension: Dimension, { entry, count }: Candidate, { rules, history }: KnownLoad): number {
  return dimension.limitOf(entry.type, count, { rules, measuredAt: history.instances }) ?? 0;
}
