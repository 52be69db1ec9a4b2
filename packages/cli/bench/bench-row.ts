import type { BenchRow as PolicyRow } from '@evenkeel/core/replay';

export { BEST_CLASSIC, EVENKEEL } from '@evenkeel/core/replay';

/** The figures of one policy on one trace at one start-up time and loss factor. */
export interface BenchRow extends PolicyRow {
  readonly trace: string;
  readonly startup: number;
  /** Only where the scenario varies it. */
  readonly fleet?: number;
}

/** The usual configuration of a group: target tracking at 50 %. */
export const USUAL = 'tt-50';
