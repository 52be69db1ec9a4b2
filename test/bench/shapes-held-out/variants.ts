import {
  type Candidate,
  type CostOf,
  countsFrom,
  DEFAULT_FUTURE_MODEL,
  DEFAULT_SHAPE_RULES,
  DIMENSIONS,
  evenkeelShape,
  type FutureModel,
  futuresOf,
  LEAST_COUNT,
  meanBreach,
  type PricedEntry,
  rankShapes,
  type ShapeHistory,
  staticEvaluation,
  usdPerHour,
} from '@evenkeel/core/shape';

/** A way to choose; the first one is Evenkeel's own, the others have one ingredient changed. */
export interface Variant {
  readonly name: string;
  readonly choose: (history: ShapeHistory, entries: readonly PricedEntry[], lossFactor: number) => Candidate;
}

const { drift } = DEFAULT_FUTURE_MODEL;

export const VARIANTS: readonly Variant[] = [
  { name: 'evenkeel', choose: evenkeelShape },
  withModel('no drift (jumps only)', { drift: { ...drift, mostPerPair: 0 } }),
  withModel('no jumps (drift only)', { jumpShare: 0 }),
  withModel('drift not drawn out', { drift: { ...drift, distance: 0 } }),
  withModel('one drift for all: 5 %', { drift: { ...drift, mostPerPair: 0, least: 0.05 } }),
  withModel('one drift for all: 10 %', { drift: { ...drift, mostPerPair: 0, least: 0.1 } }),
  withModel('one drift for all: 20 %', { drift: { ...drift, mostPerPair: 0, least: 0.2 } }),
  withModel('pairs held to 0.15', { drift: { ...drift, mostPerPair: 0.15 } }),
  withModel('pairs held to 0.6', { drift: { ...drift, mostPerPair: 0.6 } }),
  withModel('cuts 2, 4', { drift: { ...drift, cuts: [2, 4] } }),
  withModel('cuts 7, 14', { drift: { ...drift, cuts: [7, 14] } }),
  withModel('jumps twice as often', { jumpShare: 0.06 }),
  withModel('jumps twice as large', { jumpSize: 0.6 }),
  withModel('256 futures', { count: 256 }),
  { name: 'mean instead of log', choose: (...given) => best(given, meanCost(given)) },
  fixedMargin(0.1),
  fixedMargin(0.2),
];

function withModel(name: string, changes: Partial<FutureModel>): Variant {
  const model = { ...DEFAULT_FUTURE_MODEL, ...changes };
  return {
    name,
    choose: (history, entries, lossFactor) => {
      const context = { rules: DEFAULT_SHAPE_RULES, measuredAt: history.instances };
      const evaluation = staticEvaluation({ history, lossFactor, context, model });
      return best([history, entries, lossFactor], evaluation.costOf);
    },
  };
}

/** The rule of thumb: the history as it was, everything so much larger. */
function fixedMargin(margin: number): Variant {
  const larger = (series: Float64Array): Float64Array => series.map((value) => value * (1 + margin));
  const model: FutureModel = {
    ...DEFAULT_FUTURE_MODEL,
    count: 1,
    jumpShare: 0,
    drift: { ...drift, mostPerPair: 0, least: 0 },
  };
  return {
    name: `history + ${margin * 100} %`,
    choose: (history, entries, lossFactor) => {
      const { cpu, memory, network } = history;
      const margined = { ...history, cpu: larger(cpu), memory: larger(memory!), network: larger(network!) };
      return withModel('', model).choose(margined, entries, lossFactor);
    },
  };
}

type Given = Parameters<Variant['choose']>;

function best([, entries]: Given, costOf: CostOf): Candidate {
  const priceOf = ({ price }: PricedEntry): number => price.usdPerHour;
  const evaluation = { costOf, countsOf: () => countsFrom(LEAST_COUNT), boundOf: usdPerHour };
  return rankShapes({ entries, evaluation, priceOf, within: 1 }).ranked[0]!.candidate;
}

/** Price x (1 + loss factor x mean shortage): what expected money would say. */
function meanCost([history, , lossFactor]: Given): CostOf {
  const { loads } = futuresOf(history, lossFactor);
  const context = { rules: DEFAULT_SHAPE_RULES, measuredAt: history.instances };
  const known = new Map<string, number>();
  return (candidate) => {
    const breaches = loads.map(({ dimension: name, curve, factors }) => {
      const dimension = DIMENSIONS.find((each) => each.name === name)!;
      const limit = dimension.limitOf(candidate.entry.type, candidate.count, context) ?? 0;
      const key = `${name} ${limit}`;
      const sum = (): number =>
        factors.reduce((total, factor) => total + meanBreach(curve, limit / factor, dimension.breach), 0);
      const mean = known.get(key) ?? sum() / factors.length;
      known.set(key, mean);
      return { dimension: name, mean };
    });
    const shortage = breaches.reduce((total, { mean }) => total + mean, 0);
    return { riskAdjustedUsd: usdPerHour(candidate) * (1 + lossFactor * shortage), breaches };
  };
}
