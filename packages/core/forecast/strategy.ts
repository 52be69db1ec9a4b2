import type { Utilisation } from '../quantities.ts';
import type { Quantile } from './forecaster.ts';

/** How floors are found: a forecaster and which of its quantiles must be served. */
export interface FloorRule {
  readonly forecaster: string;
  readonly quantile: Quantile;
}

/** One way to run a group: a target-tracking target, with or without floors. */
export interface Strategy {
  readonly target: Utilisation;
  readonly floors: FloorRule | 'none';
}

/** `tt-65`, `tt-70 over trend 95 %`: the strategy in a few words, its key in tables. */
export function nameStrategy({ target, floors }: Strategy): string {
  const tracking = `tt-${Math.round(target * 100)}`;
  if (floors === 'none') return tracking;
  return `${tracking} over ${floors.forecaster} ${Number((floors.quantile * 100).toFixed(1))} %`;
}
