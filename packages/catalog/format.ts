/**
 * The compact format of the catalogue, written by the generator and read by the loader. Text, one line per family, so that a
 * difference between two snapshots can be read; fields between `|`, sizes between `;`, figures between `,`.
 *
 * Facts:   family|series|generation|architectures|flags|performance|size;size;…
 *          architectures: x = x86_64, a = arm64 · flags: f = flex, m = every size bare metal, g = accelerated
 *          performance: factor, or ~factor for one taken from a proxy family, or nothing
 *          size: name,vcpus,MiB,network base,network burst,EBS Mbps,EBS IOPS,disk GB,T baseline percent,price in us-east-1
 * Region:  family|base|exceptions|spot
 *          base: trust and the ratio to the us-east-1 price: q1.1875 · exceptions: size index = trust and price, or u (offered without a
 *          price), or - (not offered) · spot: three characters a size: two digits of discount and the interruption band, `?` where that is
 *          not known, `...` where there is nothing
 */
export const REFERENCE_REGION = 'us-east-1';

/** Decimals that prices are rounded to: a millionth of a dollar an hour. */
const PRICE_DECIMALS = 6;

export function roundPrice(usdPerHour: number): number {
  return Number(usdPerHour.toFixed(PRICE_DECIMALS));
}

/** Trust of a price in one letter. `q`, `r`, `t`, `v`: quoted, by the region's first, second, … source. */
export const QUOTED_LETTERS = 'qrtv';
export const SCALED = 's';
export const ESTIMATED = 'e';
export const UNPRICED = 'u';
export const NOT_OFFERED = '-';
export const NO_SPOT = '...';
export const UNKNOWN_BAND = '?';

/** The Spot Instance Advisor's interruption bands: share of instances interrupted in a month, from … to. */
export const INTERRUPTION_BANDS: readonly { readonly from: number; readonly to: number }[] = [
  { from: 0, to: 0.05 },
  { from: 0.05, to: 0.1 },
  { from: 0.1, to: 0.15 },
  { from: 0.15, to: 0.2 },
  // The feed names no upper end; 0.3 is taken so that the last band is worse than the others without ruling them all.
  { from: 0.2, to: 0.3 },
];
