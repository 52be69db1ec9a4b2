import { DescribeSpotPriceHistoryCommand, EC2Client } from '@aws-sdk/client-ec2';
import { GetProductsCommand, PricingClient } from '@aws-sdk/client-pricing';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { sleepingClock } from '../testing/recorded-endpoint.ts';
import { createPrices, pricingRegionFor } from './prices.ts';

const ec2 = mockClient(EC2Client);
const pricing = mockClient(PricingClient);
const HOUR = 3_600_000;

function port() {
  const clock = sleepingClock(Date.UTC(2026, 2, 2));
  const prices = createPrices({
    ec2: new EC2Client({ region: 'sa-east-1' }),
    pricing: new PricingClient({ region: pricingRegionFor('sa-east-1') }),
    region: 'sa-east-1',
    now: clock.timing.now,
  });
  return { prices, clock };
}

beforeEach(() => {
  ec2.reset();
  pricing.reset();
});

describe('createPrices', () => {
  it('reads the list prices of the region, every page, once a day', async () => {
    pricing
      .on(GetProductsCommand)
      .resolvesOnce({ PriceList: ['{"a":1}'], NextToken: 'more' })
      .resolves({ PriceList: ['{"b":2}'] });
    const { prices, clock } = port();
    expect(await prices.onDemand()).toEqual(['{"a":1}', '{"b":2}']);
    clock.advance(23 * HOUR);
    await prices.onDemand();
    expect(pricing.calls()).toHaveLength(2);
    const { Filters = [], ServiceCode } = pricing.commandCalls(GetProductsCommand)[0]?.args[0].input ?? {};
    expect(ServiceCode).toBe('AmazonEC2');
    expect(Filters.map(({ Field, Value }) => `${Field}=${Value}`)).toContain('regionCode=sa-east-1');
  });

  it('reads Spot prices that stand now, once an hour', async () => {
    ec2.on(DescribeSpotPriceHistoryCommand).resolves({
      SpotPriceHistory: [{ InstanceType: 'm7g.large', AvailabilityZone: 'sa-east-1a', SpotPrice: '0.05' }],
    });
    const { prices, clock } = port();
    await prices.spot();
    expect(ec2.commandCalls(DescribeSpotPriceHistoryCommand)[0]?.args[0].input.StartTime).toEqual(
      new Date('2026-03-02T00:00:00Z'),
    );
    clock.advance(HOUR);
    expect(await prices.spot()).toHaveLength(1);
    expect(ec2.calls()).toHaveLength(2);
  });
});

describe('pricingRegionFor', () => {
  it.each([
    ['eu-west-1', 'eu-central-1'],
    ['ap-northeast-1', 'ap-south-1'],
    ['us-west-2', 'us-east-1'],
    ['sa-east-1', 'us-east-1'],
    ['me-south-1', 'us-east-1'],
  ])('%s asks %s', (region, home) => {
    expect(pricingRegionFor(region)).toBe(home);
  });
});
