import { EC2Client } from '@aws-sdk/client-ec2';
import { PricingClient } from '@aws-sdk/client-pricing';
import { type ClientSettings, clientConfig } from './clients.ts';
import { createInstanceFacts, type InstanceFacts } from './instance-facts/instance-facts.ts';
import { createPrices, type Prices, pricingRegionFor } from './prices/prices.ts';
import type { Timing } from './time.ts';

export type { InstanceFacts } from './instance-facts/instance-facts.ts';
export { offeredInAll } from './instance-facts/instance-facts.ts';
export type { Prices } from './prices/prices.ts';

/** What EC2 offers and charges in a region. */
export interface Market {
  readonly facts: InstanceFacts;
  readonly prices: Prices;
}

/** Apart from the other ports: the EC2 client is the heavy one, and a tick needs none of this. */
export function createMarket(settings: ClientSettings & { readonly timing: Timing }): Market {
  const { region, timing } = settings;
  const ec2 = new EC2Client(clientConfig(settings));
  const pricing = new PricingClient(clientConfig({ ...settings, region: pricingRegionFor(region) }));
  return {
    facts: createInstanceFacts(ec2, timing.now),
    prices: createPrices({ ec2, pricing, region, now: timing.now }),
  };
}

/** The parts of a market one by one, under the names by which a catalogue is refreshed. */
export function marketSourceOf({ facts, prices }: Market) {
  return {
    types: () => facts.types(),
    priceList: () => prices.onDemand(),
    spotPrices: () => prices.spot(),
    offerings: () => facts.offerings(),
  };
}
