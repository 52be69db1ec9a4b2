import { DescribeSpotPriceHistoryCommand, type EC2Client, type SpotPrice } from '@aws-sdk/client-ec2';
import { GetProductsCommand, type PricingClient } from '@aws-sdk/client-pricing';
import { MINUTES_PER_DAY, MINUTES_PER_HOUR } from '@evenkeel/core/quantities';
import { createCache } from '../cache.ts';
import { call, pages } from '../call.ts';
import type { Timing } from '../time.ts';

/** Prices as AWS gives them; the catalogue translates. List prices: discounts and commitments are not in them (S23). */
export interface Prices {
  /** On-demand, Linux, shared tenancy: one JSON text per product. Read at most once a day. */
  onDemand(): Promise<readonly string[]>;
  /** Spot, Linux: the present price of each type in each zone. Read at most once an hour. */
  spot(): Promise<readonly SpotPrice[]>;
}

export interface PricesOptions {
  readonly ec2: EC2Client;
  /** A client of a region that has the Pricing API, see pricingRegionFor. */
  readonly pricing: PricingClient;
  /** The region whose prices are asked for. */
  readonly region: string;
  readonly now: Timing['now'];
}

/** What AWS gives on one page. */
const PRODUCTS_PAGE = 100;
const SPOT_PAGE = 1000;

export function createPrices({ ec2, pricing, region, now }: PricesOptions): Prices {
  const onDemand = createCache<readonly string[]>({ keepFor: MINUTES_PER_DAY, now });
  const spot = createCache<readonly SpotPrice[]>({ keepFor: MINUTES_PER_HOUR, now });
  return {
    onDemand: () => onDemand.get(region, () => readProducts(pricing, region)),
    spot: () => spot.get(region, () => readSpot(ec2, new Date(now()))),
  };
}

/** The Pricing API has three homes; the nearest one by continent. */
export function pricingRegionFor(region: string): string {
  if (region.startsWith('ap-')) return 'ap-south-1';
  return region.startsWith('eu-') ? 'eu-central-1' : 'us-east-1';
}

async function readProducts(client: PricingClient, region: string): Promise<readonly string[]> {
  const wanted = {
    regionCode: region,
    operatingSystem: 'Linux',
    tenancy: 'Shared',
    preInstalledSw: 'NA',
    capacitystatus: 'Used',
  };
  return pages(async (NextToken) => {
    const command = new GetProductsCommand({
      ServiceCode: 'AmazonEC2',
      FormatVersion: 'aws_v1',
      Filters: Object.entries(wanted).map(([Field, Value]) => ({ Type: 'TERM_MATCH', Field, Value })),
      MaxResults: PRODUCTS_PAGE,
      NextToken,
    });
    const { PriceList: items = [], NextToken: token } = await call(client, command);
    return { items: items.map(String), token };
  });
}

/** Asked for from now on, the history holds the price that stands. */
async function readSpot(client: EC2Client, StartTime: Date): Promise<readonly SpotPrice[]> {
  return pages(async (NextToken) => {
    const command = new DescribeSpotPriceHistoryCommand({
      StartTime,
      ProductDescriptions: ['Linux/UNIX'],
      MaxResults: SPOT_PAGE,
      NextToken,
    });
    const { SpotPriceHistory: items = [], NextToken: token } = await call(client, command);
    return { items, token };
  });
}
