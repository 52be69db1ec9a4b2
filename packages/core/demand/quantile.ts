/**
 * The linear quantile: position `q * (n - 1)` in the sorted values, interpolated between neighbours.
 * `sorted` ascending and without NaN; NaN when it is empty.
 */
export function quantileOfSorted(sorted: ArrayLike<number>, q: number): number {
  const n = sorted.length;
  if (n === 0) return Number.NaN;
  const position = Math.min(n - 1, Math.max(0, q * (n - 1)));
  const below = Math.floor(position);
  const low = sorted[below]!;
  const share = position - below;
  return share === 0 ? low : low + share * (sorted[below + 1]! - low);
}

/** The linear quantile of values in any order, which are left as they are; NaN values are not counted. */
export function quantile(values: ArrayLike<number>, q: number): number {
  const known = new Float64Array(values.length);
  let count = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (!Number.isNaN(value)) known[count++] = value;
  }
  return quantileInPlace(known, count, q);
}

/** The linear quantile of the first `count` values (none of them NaN), which are put into another order. */
export function quantileInPlace(values: Float64Array, count: number, q: number): number {
  if (count === 0) return Number.NaN;
  const position = Math.min(count - 1, Math.max(0, q * (count - 1)));
  const below = Math.floor(position);
  const low = select(values, count, below);
  const share = position - below;
  if (share === 0) return low;
  let next = Number.POSITIVE_INFINITY;
  for (let i = below + 1; i < count; i++) if (values[i]! < next) next = values[i]!;
  return low + share * (next - low);
}

/** Hoare's selection: the value that would stand at `rank` in sorted order, with none below it on its right. */
function select(values: Float64Array, count: number, rank: number): number {
  let left = 0;
  let right = count - 1;
  while (left < right) {
    const pivot = values[(left + right) >>> 1]!;
    let i = left;
    let j = right;
    while (i <= j) {
      while (values[i]! < pivot) i++;
      while (values[j]! > pivot) j--;
      if (i > j) break;
      const swapped = values[i]!;
      values[i++] = values[j]!;
      values[j--] = swapped;
    }
    if (rank <= j) right = j;
    else if (rank >= i) left = i;
    else break;
  }
  return values[rank]!;
}
