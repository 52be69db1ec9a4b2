/** A peer of the benchmark: somebody else's forecasts or sizes, over target tracking. */
export interface Peer {
  readonly name: string;
  /** The package that decides, and as what. */
  readonly tells: string;
  /** The command line of its process. */
  readonly command: readonly [string, ...string[]];
  /** What it calls itself in the process. */
  readonly method: string;
  /** It sees and forecasts the highest demand of stretches this long, minutes; divides `everyMinutes`. */
  readonly slotMinutes: number;
  /** How often it is asked for a forecast, minutes; divides a day. */
  readonly everyMinutes: number;
  /**
   * `quantile`: it gives levels that a share of 1 - 1/l of the minutes shall stay under, served at the SLO utilisation.
   * `point`: it gives the expected level, served at the target of target tracking.
   */
  readonly gives: 'quantile' | 'point';
}

/** One way to set a peer up: the target of target tracking under its floors, and the quantile of its forecasts. */
export interface Setting {
  readonly target: number;
  readonly quantile: number;
}

export const TARGETS = [0.5, 0.6, 0.7] as const;
/** Peers are scored for these. */
export const PEER_LOSS_FACTORS = [10, 30, 100] as const;

/** What floors of a loss factor should cover, were the forecast right minute by minute. */
export function quantileFor(lossFactor: number): number {
  return 1 - 1 / lossFactor;
}

/** Every peer plays them all: a forecast of the highest of an hour may well be served better by a lower quantile. */
export const QUANTILES = [3, ...PEER_LOSS_FACTORS].map(quantileFor);
