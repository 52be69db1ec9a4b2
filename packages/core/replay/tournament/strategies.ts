import { QUANTILES, type Quantile } from '../../forecast/forecaster.ts';
import { FORECASTERS } from '../../forecast/forecasters.ts';
import type { Strategy } from '../../forecast/strategy.ts';
import type { Utilisation } from '../../quantities.ts';

const PLAIN_TARGETS = [0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7] as const;
const TARGETS_OVER_FLOORS = [0.5, 0.6, 0.65, 0.7] as const;

/** Every strategy the tournament plays, for targets up to the SLO utilisation; the plain ones first. */
export function allStrategies(sloUtilisation: Utilisation): readonly Strategy[] {
  const allowed = (target: Utilisation) => target <= sloUtilisation + 1e-9;
  const plain = PLAIN_TARGETS.filter(allowed).map((target): Strategy => ({ target, floors: 'none' }));
  const withFloors = FORECASTERS.flatMap((forecaster) =>
    QUANTILES.flatMap((quantile: Quantile) =>
      TARGETS_OVER_FLOORS.filter(allowed).map(
        (target): Strategy => ({ target, floors: { forecaster: forecaster.name, quantile } }),
      ),
    ),
  );
  return [...plain, ...withFloors];
}

/** The owner's own configuration, alone and under every floor rule: what is left where the target is not to be touched. */
export function ownStrategies(ownTarget: Utilisation): readonly Strategy[] {
  const floors = FORECASTERS.flatMap((forecaster) =>
    QUANTILES.map(
      (quantile): Strategy => ({ target: ownTarget, floors: { forecaster: forecaster.name, quantile } }),
    ),
  );
  return [{ target: ownTarget, floors: 'none' }, ...floors];
}
