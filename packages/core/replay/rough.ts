import type { Trace } from './trace.ts';

/** Standard deviation and lag-1 correlation of the noise, by the distance of the rows it fills (minutes, upper end). */
const NOISE: readonly { readonly upTo: number; readonly sd: number; readonly correlation: number }[] = [
  { upTo: 5, sd: 0.06, correlation: 0.45 },
  { upTo: 15, sd: 0.09, correlation: 0.75 },
  { upTo: Number.POSITIVE_INFINITY, sd: 0.14, correlation: 0.9 },
];

const SEED = 20_260_101;

/**
 * The trace with noise between its coarse rows, which straight lines would hide: demand x exp(e - sd^2 / 2), e an AR(1)
 * per minute from a fixed seed. A trace with a row in every minute is given back unchanged.
 */
export function roughen(trace: Trace, seed: number = SEED): Trace {
  if (trace.rowMinutes <= 1) return trace;
  const { sd, correlation } = NOISE.find((noise) => trace.rowMinutes <= noise.upTo)!;
  const normal = normals(seed);
  const innovation = sd * Math.sqrt(1 - correlation * correlation);
  let e = sd * normal();
  const demand = trace.demand.map((value) => {
    const factor = Math.exp(e - (sd * sd) / 2);
    e = correlation * e + innovation * normal();
    return value * factor;
  });
  return { ...trace, demand };
}

/** Standard normal numbers from a seed: mulberry32 (public domain, Tommy Ettinger) through the Box-Muller transform. */
function normals(seed: number): () => number {
  let state = seed >>> 0;
  const uniform = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
  return () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
}
