import { createFloorPorts, createPlaceClients } from '@evenkeel/aws/floor-ports';
import { createAwsShapePorts } from '@evenkeel/aws/shapes';
import { createKeptCatalogue, livePrices } from '@evenkeel/catalog';
import { type Place, placeKey } from '@evenkeel/core/explain';
import type { RolloutPorts } from '@evenkeel/engine/ports';
import { createApprovals, DEFAULT_ROLLOUT_SETTINGS, type RolloutSettings } from '@evenkeel/engine/rollout';
import { clientSettingsIn, noticesOf, type Start, storesOf } from '../compose.ts';

/**
 * Everything a rollout may touch in one place, by the role that may change shapes (S25): no targets, and no role of leases to pass. Apart
 * from the other functions' composition, since the EC2 client is heavy. Made once per place and kept.
 */
export function createRolloutPortsIn(start: Start, callsPerSecond: number): (place: Place) => RolloutPorts {
  const stores = storesOf(start);
  const shared = {
    ...stores,
    notices: noticesOf(start),
    approvals: createApprovals(stores.documents),
  };
  const catalogue = createKeptCatalogue(stores.documents);
  const made = new Map<string, RolloutPorts>();
  return ({ account, region }) => {
    const place = { account, region };
    const known = made.get(placeKey(place));
    if (known) return known;
    const settings = {
      ...clientSettingsIn(start, place, 'shape'),
      account,
      stage: start.deployment.stage,
      autoScalingCallsPerSecond: callsPerSecond,
      timing: start.timing,
      livePrice: livePrices(catalogue, region),
    };
    // One budget for both: what a rollout calls counts once (S26).
    const clients = createPlaceClients(settings);
    const ports = {
      ...createFloorPorts(settings, clients),
      ...createAwsShapePorts(settings, clients),
      ...shared,
    };
    made.set(placeKey(place), ports);
    return ports;
  };
}

/** How rollouts go, as far as the settings say so. */
export function rolloutSettingsOf({ settings: { prices } }: Start): RolloutSettings {
  return { ...DEFAULT_ROLLOUT_SETTINGS, ...(prices && { prices }) };
}
