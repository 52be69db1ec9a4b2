import type { Minute } from '../quantities.ts';

/** What the nightly review learned of a series: a plain JSON value, versioned, at most 16 KB. */
export interface Profile {
  readonly version: 1;
  readonly learnedAt: Minute;
}
