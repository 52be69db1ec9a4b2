/** One tree has this many leaves at most, so this many splits less one. */
export const LEAVES = 8;
const SPLITS = LEAVES - 1;
/** A split's leaf and sign in one number. */
const SIGN_BITS = 6;
const SIGN_BASE = 1 << SIGN_BITS;
/** Leaves are kept as whole hundredths of their unit. */
const LEAF_SCALE = 100;

/**
 * Trees whose sum says a number. As lists of numbers, so that a lesson can hold them: split s of a tree divides the leaf
 * `splits[s] / 64` of those made before it, by the sign `splits[s] % 64`: above the threshold goes into the new leaf s + 1.
 * Tree after tree; unused splits are -1.
 */
export interface Grove {
  readonly base: number;
  readonly splits: readonly number[];
  readonly thresholds: readonly number[];
  /** Hundredths of what a leaf adds. */
  readonly leaves: readonly number[];
}

/** A tree under way: splits in order, and what each leaf adds. */
export interface Tree {
  readonly splits: readonly { readonly leaf: number; readonly sign: number; readonly threshold: number }[];
  readonly leaves: readonly number[];
}

/** Plants trees as lists of numbers. */
export function groveOf(base: number, trees: readonly Tree[]): Grove {
  const splits: number[] = [];
  const thresholds: number[] = [];
  const leaves: number[] = [];
  for (const tree of trees) {
    for (let s = 0; s < SPLITS; s++) {
      const split = tree.splits[s];
      splits.push(split ? split.leaf * SIGN_BASE + split.sign : -1);
      thresholds.push(split ? split.threshold : 0);
    }
    for (let i = 0; i < LEAVES; i++) leaves.push(Math.round((tree.leaves[i] ?? 0) * LEAF_SCALE) + 0);
  }
  return { base, splits, thresholds, leaves };
}

/** What the trees say of a row of signs. */
export function sumOf(grove: Grove, row: ArrayLike<number>, at = 0): number {
  const { splits, thresholds, leaves } = grove;
  let sum = 0;
  const trees = leaves.length / LEAVES;
  for (let tree = 0; tree < trees; tree++) {
    const first = tree * SPLITS;
    let leaf = 0;
    for (let s = 0; s < SPLITS; s++) {
      const split = splits[first + s]!;
      if (split < 0) break;
      if (split >> SIGN_BITS === leaf && row[at + (split & (SIGN_BASE - 1))]! > thresholds[first + s]!)
        leaf = s + 1;
    }
    sum += leaves[tree * LEAVES + leaf]!;
  }
  return grove.base + sum / LEAF_SCALE;
}
