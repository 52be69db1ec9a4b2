import type { CanaryInstance, CanaryMeasurement } from './canary-measurement.ts';

/** What is wrong with the new instances, beyond the speed of their type. */
export interface SimulatedFlaw {
  /** Times as long as on the old ones. */
  readonly latency?: number;
  /** More of the requests fail, as a share of all. */
  readonly errors?: number;
  /** Memory that is lost in an hour, as a share of all. */
  readonly leakPerHour?: number;
  /** Share of status checks that fail, on every new instance. */
  readonly failedChecks?: number;
}

export interface SimulatedCanary {
  readonly seed: number;
  readonly old?: number;
  readonly fresh?: number;
  /** Work per vCPU as it is. */
  readonly factor: number;
  readonly promised?: number;
  /** Of a minute each. */
  readonly intervals?: number;
  /** How unequal equal instances are: standard deviation of the logarithm of their CPU; of their latency twice as much. */
  readonly between?: number;
  readonly flaw?: SimulatedFlaw;
  /** Only CPU is measured. */
  readonly cpuOnly?: boolean;
}

const NOISE = { cpu: 0.04, latency: 0.1, requests: 600, memory: 0.005, drift: 0.003, level: 0.02 };
const USUAL_ERRORS = 0.001;
const USUAL_SECONDS = 0.05;
/** Minutes until a new instance has filled most of what it fills first. */
const FILLING = 15;

/** A canary beside old instances under a load that moves, everything measured. The same seed gives the same numbers. */
export function simulateCanary(options: SimulatedCanary): CanaryMeasurement {
  const { seed, old = 12, fresh = 2, factor, promised = 1.2, intervals = 120, between = 0.015 } = options;
  const normal = normals(seed);
  const instance = (speed: number, flaw: SimulatedFlaw, isNew: boolean): CanaryInstance => {
    const [own, slow, fails, level, drift] = [normal(), normal(), normal(), normal(), normal()];
    const errorRate = Math.max(0, USUAL_ERRORS * (1 + 0.3 * fails) + (flaw.errors ?? 0));
    const at = (f: (t: number, load: number) => number) =>
      Float64Array.from({ length: intervals }, (_, t) => f(t, 0.4 + 0.2 * Math.sin(t / 9)));
    const cpu = at((_, load) => (load * Math.exp(between * own + NOISE.cpu * normal())) / speed);
    if (options.cpuOnly) return { healthy: true, cpu };
    return {
      healthy: true,
      cpu,
      latencySeconds: at(
        (_, load) =>
          USUAL_SECONDS *
          (1 + load ** 3 / 2) *
          (flaw.latency ?? 1) *
          Math.exp(2 * between * slow + NOISE.latency * normal()),
      ),
      errorShare: at(() => Math.max(0, errorRate + Math.sqrt(errorRate / NOISE.requests) * normal())),
      memory: at((t, load) => {
        const filled = isNew ? 1 - 0.2 * Math.exp(-t / FILLING) : 1;
        const grown = ((flaw.leakPerHour ?? 0) + NOISE.drift * drift) * (t / 60);
        return Math.min(
          1,
          (0.4 + NOISE.level * level + 0.1 * load) * filled + grown + NOISE.memory * normal(),
        );
      }),
      failedChecks: at(() => (Math.abs(normal()) < (flaw.failedChecks ?? 0) * 1.25 ? 1 : 0)),
    };
  };
  return {
    old: Array.from({ length: old }, () => instance(1, {}, false)),
    fresh: Array.from({ length: fresh }, () => instance(factor, options.flaw ?? {}, true)),
    intervalMinutes: 1,
    vcpus: { old: 2, fresh: 2 },
    promised,
    equalShares: true,
  };
}

/** The same measurement after fewer intervals. */
export function earlier(measurement: CanaryMeasurement, intervals: number): CanaryMeasurement {
  const cut = (instance: CanaryInstance): CanaryInstance =>
    Object.fromEntries(
      Object.entries(instance).map(([field, value]) => [
        field,
        value instanceof Float64Array ? value.subarray(0, intervals) : value,
      ]),
    ) as unknown as CanaryInstance;
  return { ...measurement, old: measurement.old.map(cut), fresh: measurement.fresh.map(cut) };
}

/** A reproducible standard normal (Box-Muller on a linear congruential generator). */
function normals(seed: number): () => number {
  let state = (seed * 2_654_435_761) >>> 0;
  const uniform = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return (state + 0.5) / 2 ** 32;
  };
  for (let i = 0; i < 8; i++) uniform();
  return () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
}
