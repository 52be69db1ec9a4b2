import { createMarket } from '@evenkeel/aws/market';
import { fromInstanceTypes, loadCatalog } from '@evenkeel/catalog';
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

it('Spot prices come for every type and zone; the emulator has one made-up price of another product', async () => {
  const points = await market.prices.spot();
  expect(points.length).toBeGreaterThan(300);
  expect(points.every((point) => point.SpotPrice === '0.00001' && point.InstanceType !== undefined)).toBe(
    true,
  );
});
