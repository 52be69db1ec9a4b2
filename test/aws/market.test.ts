import { createMarket } from '@evenkeel/aws/market';
import { fromInstanceTypes, fromSpotPriceHistory, loadCatalog } from '@evenkeel/catalog';
import type { Instant } from '@evenkeel/core/quantities';
import { expect, it } from 'vitest';
import { CREDENTIALS, NOON, REGION } from './aws-harness.ts';

const market = createMarket({
  region: REGION,
  endpoint: process.env.EVENKEEL_TEST_ENDPOINT ?? '',
  credentials: CREDENTIALS,
  timing: { now: () => (NOON * 60_000) as Instant, sleep: async () => {} },
});

it("the emulator's instance types (real data of AWS) become facts that agree with the catalogue", async () => {
  const catalog = await loadCatalog(REGION);
  const known = new Map(catalog.entries.map(({ type }) => [type.name, type]));
  const live = fromInstanceTypes(await market.facts.types(), known);
  expect(live.size).toBeGreaterThan(300);
  const differing = [...live.values()].filter((type) => {
    const ours = known.get(type.name);
    return ours && (ours.vcpus !== type.vcpus || ours.memoryGiB !== type.memoryGiB);
  });
  expect(differing.map((type) => type.name)).toEqual([]);
});

it('offerings come by zone', async () => {
  const offerings = await market.facts.offerings();
  expect(offerings.get(`${REGION}a`)?.has('m5.large')).toBe(true);
});

it('Spot prices are read and translated', async () => {
  const prices = fromSpotPriceHistory(await market.prices.spot());
  expect(prices.size).toBeGreaterThan(0);
  for (const usdPerHour of prices.values()) expect(usdPerHour).toBeGreaterThan(0);
});
