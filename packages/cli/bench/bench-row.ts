/** The figures of one policy on one trace, as `bench --json` gives them. */
export interface BenchRow {
  readonly trace: string;
  readonly startup: number;
  readonly lossFactor: number;
  readonly policy: string;
  readonly riskAdjustedCost: number;
  readonly billedRatio: number;
  readonly hotPercent: number;
  readonly unservedPercent: number;
  readonly launchesPerDay: number;
  /** Only where the scenario varies it. */
  readonly fleet?: number;
}

export const EVENKEEL = 'evenkeel';
/** The best of all classic policies, picked after the fact: nobody can run it, and it is the bar. */
export const BEST_CLASSIC = 'best-classic-in-hindsight';
/** The usual configuration of a group: target tracking at 50 %. */
export const USUAL = 'tt-50';
