import { COMPOUNDS } from '../../forecast/compounds.ts';
import { QUANTILES } from '../../forecast/forecaster.ts';
import { BLEND, nameStrategy, type Strategy } from '../../forecast/strategy.ts';
import type { Utilisation } from '../../quantities.ts';

const PLAIN_TARGETS = [0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7] as const;
const TARGETS_OVER_FLOORS = [0.5, 0.6, 0.65, 0.7] as const;

/** How far the floor jumps at saturation, in present capacities; each strategy plays with and without. */
const SURGE = 4;

const RULES: readonly Strategy['floors'][] = [
  'none',
  ...[BLEND, 'trees', 'recent-need-3', ...COMPOUNDS.map(({ name }) => name)].flatMap((forecaster) =>
    QUANTILES.map((quantile) => ({ forecaster, quantile })),
  ),
];

/** Every strategy the tournament plays, for targets up to the SLO utilisation; those without floors first. */
export function allStrategies(sloUtilisation: Utilisation): readonly Strategy[] {
  const allowed = (target: Utilisation) => target <= sloUtilisation + 1e-9;
  return RULES.flatMap((floors) =>
    (floors === 'none' ? PLAIN_TARGETS : TARGETS_OVER_FLOORS)
      .filter(allowed)
      .flatMap((target): readonly Strategy[] => [
        { target, floors },
        { target, floors, surge: SURGE },
      ]),
  );
}

/** The owner's own configuration, alone and under every floor rule: what is left where the target is not to be touched. */
export function ownStrategies(ownTarget: Utilisation): readonly Strategy[] {
  return RULES.flatMap((floors): readonly Strategy[] => [
    { target: ownTarget, floors },
    { target: ownTarget, floors, surge: SURGE },
  ]);
}

/** Every strategy for targets up to `highest`, and the owner's own target under every floor rule: what a free choice is made from. */
export function strategiesBeside(ownTarget: Utilisation, highest: Utilisation): readonly Strategy[] {
  const all = allStrategies(highest);
  const names = new Set(all.map(nameStrategy));
  return [...all, ...ownStrategies(ownTarget).filter((strategy) => !names.has(nameStrategy(strategy)))];
}
