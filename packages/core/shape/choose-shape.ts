import type { Instances } from '../quantities.ts';
import { acceptableTypes } from './acceptable-types.ts';
import { isPriced } from './candidate.ts';
import { bottleneckOf, type ShapeEvaluation } from './cost/shape-cost.ts';
import { filterEntries, type ShapeDemands } from './filters/index.ts';
import type { CatalogEntry } from './instance-type.ts';
import { type OutrankedShape, type PriceOf, type RankedShape, rankShapes } from './rank-shapes.ts';
import type { RejectedShape } from './shape-excuse.ts';
import { MOST_OF_MAX_SIZE } from './shape-rules.ts';
import { judgeShapeChange, type ShapeChange, type ShapeVerdict } from './worth-changing.ts';

export interface ShapeQuestion {
  readonly entries: readonly CatalogEntry[];
  readonly demands: ShapeDemands;
  readonly evaluation: ShapeEvaluation;
  readonly priceOf: PriceOf;
  readonly presentCount: Instances;
  /** The group's MaxSize; the most a candidate may need is a share of it. */
  readonly maxSize: Instances;
  readonly launchesPerDay: ShapeChange['launchesPerDay'];
  readonly lastChange?: ShapeChange['lastChange'];
  /** Performance factors measured on this workload, by type; they beat every table. */
  readonly measuredFactors?: ReadonlyMap<string, number>;
}

/** What was chosen and why, and why not everything else: the whole of it goes into the ledger. */
export interface ShapeChoice {
  /** The group as it is, at its present count; absent where the catalogue has no price for its type. */
  readonly present?: RankedShape;
  /** The best there is; absent where every type was rejected. */
  readonly best?: RankedShape;
  /** The best five, the best first. */
  readonly top: readonly RankedShape[];
  /** The best type and those that may stand in for it at the same count. */
  readonly acceptable: readonly string[];
  /** Every type that is not among the best five, each with its excuse. */
  readonly rejected: readonly RejectedShape[];
  /** Whether the change is worth it; absent where there is nothing to compare. */
  readonly verdict?: ShapeVerdict;
}

/** How many are kept as ranked; the rest are told as dearer. */
const TOP = 5;
/** A type that costs more than this many times the best is no runner-up, whatever its best count: it is not searched for. */
const WITHIN = 4;

/**
 * Chooses type and count together: filters, then the cheapest with its risk, then whether moving there is worth it. Every entry ends among the
 * best five or with an excuse.
 */
export function chooseShape(question: ShapeQuestion): ShapeChoice {
  const { demands, evaluation, priceOf, maxSize } = question;
  const entries = withMeasuredFactors(question.entries, question.measuredFactors);
  const { kept, rejected } = filterEntries(entries, demands);
  const { ranked, outranked } = rankShapes({
    entries: kept,
    evaluation,
    priceOf,
    within: WITHIN,
  });
  const fits = (shape: RankedShape): boolean => shape.candidate.count <= MOST_OF_MAX_SIZE * maxSize;
  const top = ranked.filter(fits).slice(0, TOP);
  const best = top[0];
  const present = presentShape(entries, question);
  const dearer = (shape: OutrankedShape): RejectedShape => dearerThan(best, shape, question);
  const notTop = ranked.filter((shape) => !top.includes(shape));
  return {
    ...(present && { present }),
    ...(best && { best }),
    top,
    acceptable: best ? acceptableTypes(best, ranked, evaluation) : [],
    rejected: [
      ...rejected,
      ...notTop.map((shape) => (fits(shape) ? dearer(asOutranked(shape)) : tooMany(shape, maxSize))),
      ...outranked.map(dearer),
    ],
    ...(present && best && { verdict: verdictOn(present, best, question) }),
  };
}

/** The entries with performance as it was measured on the workload itself, where it was. */
export function withMeasuredFactors(
  entries: readonly CatalogEntry[],
  measured: ReadonlyMap<string, number> | undefined,
): readonly CatalogEntry[] {
  if (!measured) return entries;
  return entries.map((entry) => {
    const factor = measured.get(entry.type.name);
    if (factor === undefined) return entry;
    return { ...entry, type: { ...entry.type, performance: { factor, basis: 'workload' } } };
  });
}

function presentShape(entries: readonly CatalogEntry[], question: ShapeQuestion): RankedShape | undefined {
  const entry = entries.find(({ type }) => type.name === question.demands.present.name);
  if (!entry || !isPriced(entry)) return undefined;
  const candidate = {
    entry,
    count: question.presentCount,
    usdPerInstanceHour: question.priceOf(entry, question.presentCount),
  };
  return { candidate, cost: question.evaluation.costOf(candidate) };
}

function verdictOn(present: RankedShape, best: RankedShape, question: ShapeQuestion): ShapeVerdict {
  return judgeShapeChange({
    now: question.demands.now,
    presentUsd: present.cost.riskAdjustedUsd,
    candidateUsd: best.cost.riskAdjustedUsd,
    presentCount: question.presentCount,
    launchesPerDay: question.launchesPerDay,
    ...(question.lastChange !== undefined && { lastChange: question.lastChange }),
  });
}

function asOutranked(shape: RankedShape): OutrankedShape {
  return { entry: shape.candidate.entry, atLeastUsd: shape.cost.riskAdjustedUsd };
}

/** What limits a dearer type: what it would run out of for the money of the best, or its price where that buys no two of it. */
function dearerThan(
  best: RankedShape | undefined,
  shape: OutrankedShape,
  question: ShapeQuestion,
): RejectedShape {
  const { entry, atLeastUsd } = shape;
  const type = entry.type.name;
  const usdPerInstanceHour = question.priceOf(entry, question.presentCount);
  const bestUsd = best?.cost.riskAdjustedUsd ?? 0;
  const [least = 1] = question.evaluation.countsOf(entry);
  const count = Math.floor(bestUsd / usdPerInstanceHour);
  const affordable = count >= least || !Number.isFinite(atLeastUsd);
  const cost = affordable
    ? question.evaluation.costOf({ entry, count: Math.max(count, 1), usdPerInstanceHour })
    : undefined;
  const bottleneck = (cost && bottleneckOf(cost)) ?? 'price';
  if (!Number.isFinite(atLeastUsd)) return { type, excuse: { code: 'does-not-fit', bottleneck, facts: {} } };
  const facts = { usdPerHour: atLeastUsd, bestUsdPerHour: bestUsd, forTheMoney: count };
  return { type, excuse: { code: 'dearer', bottleneck, facts } };
}

/** S22: the value that MaxSize would have to have. */
function tooMany({ candidate }: RankedShape, maxSize: Instances): RejectedShape {
  const facts = { count: candidate.count, maxSize, write: Math.ceil(candidate.count / MOST_OF_MAX_SIZE) };
  return { type: candidate.entry.type.name, excuse: { code: 'max-size', bottleneck: 'MaxSize', facts } };
}
