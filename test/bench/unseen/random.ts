/** Numbers in [0, 1), one a call. */
export type Random = () => number;

/** How noise spreads (`sd`) and how much of it is left one row later (`memory`, 0 to 1). */
export interface Noise {
  readonly sd: number;
  readonly memory: number;
}

/** The same numbers for the same seed, on every machine: mulberry32 (public domain, Tommy Ettinger). */
export function seeded(seed: number): Random {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** A standard normal number (Box-Muller). */
export function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/** Noise that remembers: AR(1) with the standard deviation `sd` in the long run. Starts somewhere in that spread. */
export function autoregressive(
  random: Random,
  { sd, memory }: Noise,
  start = sd * normal(random),
): () => number {
  let last = start;
  return () => {
    last = memory * last + sd * Math.sqrt(1 - memory * memory) * normal(random);
    return last;
  };
}

/** A count with this mean: Knuth's product of uniforms, and above 50, where that is slow, its normal limit. */
export function poisson(random: Random, mean: number): number {
  if (mean > 50) return Math.max(0, Math.round(mean + Math.sqrt(mean) * normal(random)));
  const least = Math.exp(-mean);
  let count = -1;
  let product = 1;
  do {
    count++;
    product *= random();
  } while (product > least);
  return count;
}
