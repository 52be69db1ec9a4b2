/** A demand trace as it stands in a file: one value a row, oldest first, in the unit of the source. */
export interface TraceFile {
  /** The file's name without `.csv`. */
  readonly name: string;
  readonly path: string;
  /** The first row's time, milliseconds since 1970-01-01T00:00Z. */
  readonly startedAt: number;
  /** Minutes from the first row, strictly rising, beginning with 0. */
  readonly minutes: Float64Array;
  /** Finite, not negative. */
  readonly values: Float64Array;
}
