/** Gaps take the value before them; those at the beginning the first there is; 0 where there is none at all. */
export function carriedForward(values: Float64Array): Float64Array {
  let last = values.find((value) => !Number.isNaN(value)) ?? 0;
  return values.map((value) => {
    if (!Number.isNaN(value)) last = value;
    return last;
  });
}
