import type { Utilisation } from '../quantities.ts';
import type { Quantile } from './forecaster.ts';

/** The name of the blend of all forecasters, besides the forecasters' own. */
export const BLEND = 'blend';

/** How floors are found, and which of its quantiles must be served. */
export interface FloorRule {
  /** A forecaster, the blend of all, or one of COMPOUNDS, by name. */
  readonly forecaster: string;
  readonly quantile: Quantile;
}

/** One way to run a group: a target-tracking target, with or without floors. */
export interface Strategy {
  readonly target: Utilisation;
  readonly floors: FloorRule | 'none';
  /** At saturation the floor jumps to this many times the present capacity; absent where it does not. */
  readonly surge?: number;
}

/** `tt-65`, `tt-70 over 95 %, surge x4`, `tt-70 over trend 90 %`: the strategy in a few words, its key in tables. */
export function nameStrategy({ target, floors, surge }: Strategy): string {
  const tracking = `tt-${Math.round(target * 100)}`;
  const over =
    floors === 'none'
      ? ''
      : ` over ${floors.forecaster === BLEND ? '' : `${floors.forecaster} `}${Number((floors.quantile * 100).toFixed(1))} %`;
  return tracking + over + (surge === undefined ? '' : `, surge x${surge}`);
}
