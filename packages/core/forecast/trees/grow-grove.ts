import { quantileInPlace } from '../../demand/quantile.ts';
import { type Grove, groveOf, LEAVES, type Tree } from './grove.ts';

const TREES = 40;
/** What a new tree takes of what is left to explain. */
const RATE = 0.15;
const LEAST_ROWS = 60;
/** Signs are looked at in this many steps. */
const BINS = 32;
/** Each tree looks at every third sign: it is quicker, and the trees differ. */
const SIGN_STEP = 3;
/** About this many rows are enough to find the steps. */
const SAMPLE = 1000;

/** Rows of signs in steps: bins[row * signs + sign], and the upper edge of each step but the last. */
export interface BinnedSigns {
  readonly rows: number;
  readonly signs: number;
  readonly bins: Uint8Array;
  readonly edges: readonly Float32Array[];
}

/** Puts rows `from` … `to` - 1 (`width` numbers each, the first `signs` of them signs) into steps of equal share. */
export function binSigns(options: {
  readonly rows: Float32Array;
  readonly width: number;
  readonly signs: number;
  readonly from: number;
  readonly to: number;
}): BinnedSigns {
  const { rows, width, signs, from, to } = options;
  const count = to - from;
  const stride = Math.max(1, Math.floor(count / SAMPLE));
  const sample = new Float32Array(Math.ceil(count / stride));
  const edges: Float32Array[] = [];
  const bins = new Uint8Array(count * signs);
  for (let sign = 0; sign < signs; sign++) {
    for (let i = 0; i < sample.length; i++) sample[i] = rows[(from + i * stride) * width + sign]!;
    const own = edgesOf(sample.sort());
    for (let i = 0; i < count; i++) bins[i * signs + sign] = binOf(own, rows[(from + i) * width + sign]!);
    edges.push(own);
  }
  return { rows: count, signs, bins, edges };
}

function edgesOf(sorted: Float32Array): Float32Array {
  const edges: number[] = [];
  for (let b = 1; b < BINS; b++) {
    const value = sorted[Math.floor((b * sorted.length) / BINS)]!;
    if (edges.length === 0 || value > edges[edges.length - 1]!) edges.push(value);
  }
  return Float32Array.from(edges);
}

/** The first step whose upper edge is not below the value. */
function binOf(edges: Float32Array, value: number): number {
  let low = 0;
  let high = edges.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (value <= edges[middle]!) high = middle;
    else low = middle + 1;
  }
  return low;
}

/**
 * Rows per sign and step: how many, and 65,536 x how many of them lie below what the trees say so far. The pinball
 * loss has two slopes, so the two counts are all there is to sum, and one addition makes both.
 */
type Histogram = Int32Array;
const BELOW = 1 << 16;

interface Leaf {
  readonly index: number;
  from: number;
  count: number;
  histogram: Histogram;
  gain: number;
  sign: number;
  bin: number;
}

/**
 * Grows trees for the quantile `q` of `wanted` (one value a row): each tree follows the slope of the pinball loss and its
 * leaves take the quantile of what is left (Friedman, Greedy function approximation: a gradient boosting machine, 2001;
 * leaf-wise growth on histograms as in Ke et al., LightGBM, 2017). Deterministic.
 */
export function growGrove(signs: BinnedSigns, wanted: Float64Array, q: number): Grove {
  const { rows } = signs;
  const scratch = wanted.slice();
  const base = quantileInPlace(scratch, rows, q);
  const left = wanted.map((value) => value - base);
  const work: Workbench = {
    signs,
    order: new Int32Array(rows),
    beside: new Int32Array(rows),
    marks: new Int32Array(rows),
    slopes: Float32Array.of(q, q - 1),
    pool: Array.from({ length: LEAVES }, () => new Int32Array(signs.signs * BINS)),
  };
  const trees: Tree[] = [];
  for (let t = 0; t < TREES; t++) {
    for (let i = 0; i < rows; i++) {
      work.order[i] = i;
      work.marks[i] = left[i]! > 0 ? 1 : 1 + BELOW;
    }
    const { splits, leaves } = growTree(work, signsOf(t, signs.signs));
    const values = leaves.map(({ from, count }) => {
      for (let i = 0; i < count; i++) scratch[i] = left[work.order[from + i]!]!;
      const value = RATE * quantileInPlace(scratch, count, q);
      for (let i = from; i < from + count; i++) left[work.order[i]!]! -= value;
      return value;
    });
    trees.push({ splits, leaves: values });
  }
  return groveOf(base, trees);
}

/** What the growing of one tree after another works on. */
interface Workbench {
  readonly signs: BinnedSigns;
  /** Row numbers, those of a leaf side by side. */
  readonly order: Int32Array;
  readonly beside: Int32Array;
  /** What each row adds to a histogram. */
  readonly marks: Int32Array;
  /** Slope of the pinball loss at a row above what is said so far, and at one below. */
  readonly slopes: Float32Array;
  readonly pool: readonly Histogram[];
}

/** The signs a tree looks at: every third one, in ever other company. */
function signsOf(tree: number, signs: number): readonly number[] {
  const chosen: number[] = [];
  for (let f = 0; f < signs; f++)
    if ((f * 7 + tree * 3 + ((f * tree) >> 2)) % SIGN_STEP === 0) chosen.push(f);
  return chosen;
}

function growTree(
  work: Workbench,
  chosen: readonly number[],
): { splits: Tree['splits']; leaves: readonly Leaf[] } {
  const { signs, pool } = work;
  const root: Leaf = { index: 0, from: 0, count: signs.rows, histogram: pool[0]!, gain: 0, sign: 0, bin: 0 };
  fill(work, chosen, root);
  findSplit(work, chosen, root);
  const leaves = [root];
  const splits: { leaf: number; sign: number; threshold: number }[] = [];
  while (leaves.length < LEAVES) {
    const widest = leaves.reduce((best, leaf) => (leaf.gain > best.gain ? leaf : best));
    if (!(widest.gain > 1e-9)) break;
    splits.push({
      leaf: widest.index,
      sign: widest.sign,
      threshold: signs.edges[widest.sign]![widest.bin]!,
    });
    leaves.push(divide(work, chosen, widest, leaves.length));
  }
  return { splits, leaves };
}

/** Divides a leaf by its best split; what lies above the threshold becomes leaf `index`. */
function divide(work: Workbench, chosen: readonly number[], leaf: Leaf, index: number): Leaf {
  const { order, beside, signs, pool } = work;
  const { bins, signs: width } = signs;
  const to = leaf.from + leaf.count;
  let kept = leaf.from;
  let gone = 0;
  // Written to both and counted in one: no branch to guess wrongly.
  for (let i = leaf.from; i < to; i++) {
    const row = order[i]!;
    const above = bins[row * width + leaf.sign]! > leaf.bin ? 1 : 0;
    order[kept] = row;
    beside[gone] = row;
    kept += 1 - above;
    gone += above;
  }
  for (let i = 0; i < gone; i++) order[kept + i] = beside[i]!;
  const other: Leaf = { ...leaf, index, from: kept, count: gone, histogram: pool[index]! };
  leaf.count = kept - leaf.from;
  if (index + 1 < LEAVES) {
    const [small, large] = leaf.count <= gone ? [leaf, other] : [other, leaf];
    const whole = leaf.histogram;
    small.histogram = pool[index]!;
    large.histogram = whole;
    fill(work, chosen, small);
    subtract(whole, small.histogram, chosen);
    findSplit(work, chosen, leaf);
    findSplit(work, chosen, other);
  }
  return other;
}

function fill({ signs, order, marks }: Workbench, chosen: readonly number[], leaf: Leaf): void {
  const { from, count, histogram } = leaf;
  const { bins, signs: width } = signs;
  for (const sign of chosen) histogram.fill(0, sign * BINS, (sign + 1) * BINS);
  for (let i = from; i < from + count; i++) {
    const row = order[i]!;
    const mark = marks[row]!;
    const first = row * width;
    for (let c = 0; c < chosen.length; c++) {
      const sign = chosen[c]!;
      histogram[sign * BINS + bins[first + sign]!]! += mark;
    }
  }
}

function subtract(whole: Histogram, part: Histogram, chosen: readonly number[]): void {
  for (const sign of chosen) {
    for (let at = sign * BINS; at < (sign + 1) * BINS; at++) whole[at]! -= part[at]!;
  }
}

/** Finds the split that explains most of the slopes in a leaf. */
function findSplit({ signs, slopes }: Workbench, chosen: readonly number[], leaf: Leaf): void {
  const { histogram } = leaf;
  const rows = leaf.count;
  const sumOf = (count: number, low: number) => (count - low) * slopes[0]! + low * slopes[1]!;
  let below = 0;
  for (let b = 0; b < BINS; b++) below += histogram[chosen[0]! * BINS + b]! >> 16;
  const all = sumOf(rows, below);
  const whole = (all * all) / (rows + 1);
  leaf.gain = 0;
  for (const sign of chosen) {
    const steps = signs.edges[sign]!.length;
    let marks = 0;
    for (let b = 0; b < steps; b++) {
      marks += histogram[sign * BINS + b]!;
      const count = marks & (BELOW - 1);
      if (count < LEAST_ROWS) continue;
      if (rows - count < LEAST_ROWS) break;
      const sum = sumOf(count, marks >> 16);
      const rest = all - sum;
      const gain = (sum * sum) / (count + 1) + (rest * rest) / (rows - count + 1) - whole;
      if (gain <= leaf.gain) continue;
      leaf.gain = gain;
      leaf.sign = sign;
      leaf.bin = b;
    }
  }
}
