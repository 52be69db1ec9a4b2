/**
 * Seeded randomness without state: the value of a stream at an index is a function of both, so that it may be read in any
 * order and switching one source of chance on does not shift another.
 */

/**
 * Mixes 32 bits: two rounds of multiply and xor-shift with the constants of Chris Wellons' "lowbias32"
 * (https://nullprogram.com/blog/2018/07/31/, public domain), whose avalanche bias is near the theoretical least.
 */
function mix(bits: number): number {
  let x = bits | 0;
  x = Math.imul(x ^ (x >>> 16), 0x7feb352d);
  x = Math.imul(x ^ (x >>> 15), 0x846ca68b);
  return (x ^ (x >>> 16)) >>> 0;
}

/** An independent stream of chance. */
export interface Chance {
  /** Uniform in [0, 1) at a whole index, negative ones too. */
  uniform(index: number): number;
  /** Standard normal at a whole index (Box-Muller). */
  normal(index: number): number;
}

/** The stream that belongs to a seed and a name, e.g. `chance(7, 'checkout/noise')`. */
export function chance(seed: number, name: string): Chance {
  let key = mix(seed ^ 0x9e3779b9);
  for (let i = 0; i < name.length; i++) key = mix(key ^ name.charCodeAt(i));
  const second = mix(key ^ 0x85ebca6b);
  const uniform = (index: number): number => mix(key + mix(index)) / 2 ** 32;
  return {
    uniform,
    normal(index) {
      const radius = Math.sqrt(-2 * Math.log(1 - uniform(index)));
      return radius * Math.cos((2 * Math.PI * mix(second + mix(index))) / 2 ** 32);
    },
  };
}
