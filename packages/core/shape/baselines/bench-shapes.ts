import type { Instances } from '../../quantities.ts';
import { type Candidate, isPriced, type PricedEntry, usdPerHour } from '../candidate.ts';
import { hindsightCost, type KnownLoad, knownLoad, shortageOf } from '../cost/hindsight-cost.ts';
import type { ShapeEvaluation } from '../cost/shape-cost.ts';
import { hindsightEvaluation, staticEvaluation } from '../cost/static-evaluation.ts';
import { isOrdinary } from '../filters/index.ts';
import type { CatalogEntry } from '../instance-type.ts';
import { rankShapes } from '../rank-shapes.ts';
import { type ShapeHistory, sliceHistory } from '../shape-history.ts';
import { DEFAULT_SHAPE_RULES } from '../shape-rules.ts';
import { keep, type SourceMachine } from './keep.ts';
import { oneForOne } from './one-for-one.ts';

/** How many machines of the trace's kind make the group of the benchmark. */
export const BENCH_INSTANCES: Instances = 12;

export type ShapePolicy = 'keep' | 'one-for-one' | 'naive-joint' | 'evenkeel';
export type ShapeArch = 'any' | 'x86_64';

/** The figures of one policy on one trace. */
export interface ShapeScore {
  readonly policy: ShapePolicy;
  /** `x86_64`: only types of that architecture may be chosen; the oracle is over all types either way. */
  readonly arch: ShapeArch;
  readonly shape: string;
  readonly count: Instances;
  readonly riskAdjustedCost: number;
  readonly hotPercent: number;
}

export interface ShapeTrace {
  /** The whole trace as the load of the group; the first half is history, the second is scored. */
  readonly load: ShapeHistory;
  readonly source: SourceMachine;
}

/** The types the benchmark chooses from: priced c, m and r families from the 5th generation on whose performance was measured itself. */
export function benchEntries(entries: readonly CatalogEntry[]): readonly PricedEntry[] {
  return entries
    .filter(isPriced)
    .filter(({ type }) => isOrdinary(type) && type.performance?.basis === 'measured');
}

/**
 * Scores every policy on one trace: chosen on the first half, judged on the second against the best choice of hindsight.
 * @param entries what `benchEntries` gives
 */
export function benchShapes(
  trace: ShapeTrace,
  entries: readonly PricedEntry[],
  lossFactor: number,
): readonly ShapeScore[] {
  const half = Math.floor(trace.load.cpu.length / 2);
  const history = sliceHistory(trace.load, 0, half);
  const future = knownLoad(sliceHistory(trace.load, half, trace.load.cpu.length), DEFAULT_SHAPE_RULES);
  const oracle = oracleUsd(future, entries, lossFactor);
  return (['any', 'x86_64'] as const).flatMap((arch) => {
    const allowed = entries.filter(({ type }) => arch === 'any' || type.architectures.includes(arch));
    const choices = choicesOf({ history, source: trace.source, entries, allowed, lossFactor });
    return choices.map(([policy, candidate]) =>
      scoreOf({ policy, arch, candidate, future, oracle, lossFactor }),
    );
  });
}

/** The least that any type at any count costs on a known load, risk included. */
export function oracleUsd(future: KnownLoad, entries: readonly PricedEntry[], lossFactor: number): number {
  const best = bestOf(entries, hindsightEvaluation(future, lossFactor));
  return hindsightCost(future, lossFactor)(best).riskAdjustedUsd;
}

/** The joint search that minimises the cost of the history: it fits what was. */
export function naiveJoint(
  history: ShapeHistory,
  entries: readonly PricedEntry[],
  lossFactor: number,
): Candidate {
  return bestOf(entries, hindsightEvaluation(knownLoad(history, DEFAULT_SHAPE_RULES), lossFactor));
}

/** Evenkeel's: the joint search over plausible futures. */
export function evenkeelShape(
  history: ShapeHistory,
  entries: readonly PricedEntry[],
  lossFactor: number,
): Candidate {
  const context = { rules: DEFAULT_SHAPE_RULES, measuredAt: history.instances };
  return bestOf(entries, staticEvaluation({ history, lossFactor, context }));
}

function bestOf(entries: readonly PricedEntry[], evaluation: ShapeEvaluation): Candidate {
  const priceOf = ({ price }: PricedEntry): number => price.usdPerHour;
  const [best] = rankShapes({ entries, evaluation, priceOf, within: 1 }).ranked;
  if (!best) throw new RangeError('there is no instance type to choose from');
  return best.candidate;
}

interface Choosing {
  readonly history: ShapeHistory;
  readonly source: SourceMachine;
  /** All types, for what is there already; `allowed` are those a choice may fall on. */
  readonly entries: readonly PricedEntry[];
  readonly allowed: readonly PricedEntry[];
  readonly lossFactor: number;
}

function choicesOf(choosing: Choosing): readonly (readonly [ShapePolicy, Candidate])[] {
  const { history, source, entries, allowed, lossFactor } = choosing;
  const kept = keep(entries, source, history.instances);
  const replaced = oneForOne(entries, history, 'x86_64');
  if (!kept)
    throw new RangeError(`no m5, c5 or r5 size has ${source.vcpus} vCPUs and ${source.memoryGiB} GiB`);
  return [
    ['keep', kept],
    // An adviser that finds nothing large enough leaves things as they are.
    ['one-for-one', replaced ?? kept],
    ['naive-joint', naiveJoint(history, allowed, lossFactor)],
    ['evenkeel', evenkeelShape(history, allowed, lossFactor)],
  ];
}

function scoreOf(options: {
  readonly policy: ShapePolicy;
  readonly arch: ShapeArch;
  readonly candidate: Candidate;
  readonly future: KnownLoad;
  readonly oracle: number;
  readonly lossFactor: number;
}): ShapeScore {
  const { policy, arch, candidate, future, oracle, lossFactor } = options;
  const { meanExcess, hotShare } = shortageOf(future, candidate);
  return {
    policy,
    arch,
    shape: candidate.entry.type.name,
    count: candidate.count,
    riskAdjustedCost: (usdPerHour(candidate) * (1 + lossFactor * meanExcess)) / oracle,
    hotPercent: 100 * hotShare,
  };
}
