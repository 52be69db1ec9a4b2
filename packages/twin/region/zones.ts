import type { CapacityUnits, Instances, Utilisation } from '@evenkeel/core/quantities';

/**
 * Demand that comes in equal shares to each zone while instances are spread as evenly as whole numbers allow: what a load
 * balancer without cross-zone balancing does, and any client that picks a zone first.
 */
export interface ZoneView {
  /** What the instances can serve at most, capacity units: what the metrics show. */
  readonly served: CapacityUnits;
  /** The demand that would leave the same shortage in a group of one zone: what the accounts are kept in. */
  readonly felt: CapacityUnits;
}

/** How a demand looks from the zones, with `inService` instances spread over them. */
export function acrossZones(
  demand: CapacityUnits,
  inService: Instances,
  zones: number,
  sloUtilisation: Utilisation,
): ZoneView {
  const share = demand / zones;
  const need = share / sloUtilisation;
  const fewer = Math.floor(inService / zones);
  const fullZones = inService % zones;
  let served = 0;
  let shortage = 0;
  for (let zone = 0; zone < zones; zone++) {
    const size = zone < fullZones ? fewer + 1 : fewer;
    served += Math.min(share, size);
    shortage += Math.max(0, need - size);
  }
  const felt = shortage > 1e-9 ? (inService + shortage) * sloUtilisation : demand;
  return { served, felt };
}
