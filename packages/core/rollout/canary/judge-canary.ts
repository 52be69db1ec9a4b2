import type { CanaryFinding } from '../../explain/shape-decisions.ts';
import {
  type CanaryDimension,
  type CanaryInstance,
  type CanaryMeasurement,
  type CanaryTest,
  DEFAULT_CANARY_TEST,
} from './canary-measurement.ts';
import { errors } from './errors.ts';
import { health } from './health.ts';
import { latency } from './latency.ts';
import { memory } from './memory.ts';
import { work } from './work.ts';

/** In the order in which they are named where several speak against a canary. */
export const CANARY_DIMENSIONS: readonly CanaryDimension[] = [health, errors, latency, memory, work];

/** What a look says. `undecided`: not wrong, not proved; another look may say more. */
export interface CanaryJudgement {
  readonly verdict: 'better' | 'same' | 'worse' | 'undecided';
  /** The dimension that made it so: the first that is worse or not clear, else the work. */
  readonly decidedBy: CanaryFinding['dimension'];
  readonly findings: readonly CanaryFinding[];
  /** Work per vCPU of the new type against the old one: estimate and confidence interval; absent without enough data. */
  readonly factor?: { readonly estimate: number; readonly low: number; readonly high: number };
  /** Confidence of this look, 0 … 1. */
  readonly confidence: number;
  /** Intervals under load that counted. */
  readonly intervals: number;
}

/**
 * Judges a canary in every dimension that is measured. It passes only if each of them is shown to be within its limit, so a canary that is bad in
 * any is let through no more often than that one test is wrong: no correction is needed there (intersection-union test, Berger,
 * Technometrics 24, 1982). It is condemned if any of them is shown to be beyond its limit: that error is divided among them (Bonferroni).
 */
export function judgeCanary(
  measurement: CanaryMeasurement,
  test: CanaryTest = DEFAULT_CANARY_TEST,
): CanaryJudgement {
  // A sick instance is a witness of its health only.
  const well = { ...measurement, old: healthy(measurement.old), fresh: healthy(measurement.fresh) };
  const counted = countedIntervals(well, test.leastCpu);
  const givenTo = ({ name }: CanaryDimension) => (name === 'health' ? measurement : well);
  const measured = CANARY_DIMENSIONS.filter((each) => each.isMeasured(givenTo(each))).length;
  const passError = test.error / 2 / test.looks;
  const levels = { passError, condemnError: passError / Math.max(1, measured) };
  const findings = CANARY_DIMENSIONS.map((each) =>
    each.judge({ measurement: givenTo(each), test, counted, ...levels }),
  );
  const worse = findings.find(({ outcome }) => outcome === 'worse');
  const unclear = findings.find(({ outcome }) => outcome === 'unclear');
  const ofWork = findings.find(({ dimension }) => dimension === 'work');
  const { measured: estimate, low, high } = ofWork ?? {};
  return {
    verdict: worse ? 'worse' : unclear ? 'undecided' : ofWork?.outcome === 'better' ? 'better' : 'same',
    decidedBy: (worse ?? unclear)?.dimension ?? 'work',
    findings,
    ...(estimate !== undefined &&
      low !== undefined &&
      high !== undefined && { factor: { estimate, low, high } }),
    confidence: 1 - 2 * (worse ? levels.condemnError : passError),
    intervals: counted.length,
  };
}

function healthy(side: readonly CanaryInstance[]): readonly CanaryInstance[] {
  return side.filter((instance) => instance.healthy);
}

/** A vCPU as full as this has work waiting. */
const FULL = 0.98;
/** Share of the instances of each side that must have reported. */
const REPORTED_SHARE = 0.5;

/** Intervals in which enough instances of both sides reported, and of these none was idle and none was full. */
function countedIntervals({ old, fresh }: CanaryMeasurement, leastCpu: number): readonly number[] {
  if (old.length === 0 || fresh.length === 0) return [];
  const length = Math.min(...[...old, ...fresh].map(({ cpu }) => cpu.length));
  const counts = (side: readonly CanaryInstance[], t: number): boolean => {
    const known = side.filter(({ cpu }) => !Number.isNaN(cpu[t]!));
    const enough = known.length > 0 && known.length >= REPORTED_SHARE * side.length;
    return enough && known.every(({ cpu }) => cpu[t]! >= leastCpu && cpu[t]! < FULL);
  };
  const counted: number[] = [];
  for (let t = 0; t < length; t++) if (counts(old, t) && counts(fresh, t)) counted.push(t);
  return counted;
}
