import { type Instant, minute, startOf } from '@evenkeel/core/quantities';
import type { CatalogEntry } from '@evenkeel/core/shape';
import { describe, expect, it } from 'vitest';
import type { Catalog } from './catalog.ts';
import { catalogAge } from './catalog-age.ts';
import { driftOf } from './drift.ts';
import { type LiveFacts, withLiveFacts } from './live-facts.ts';
import { type DescribedInstanceType, fromInstanceTypes } from './refresh/instance-types.ts';
import { fromPriceList } from './refresh/on-demand-prices.ts';
import { fromSpotPriceHistory, type SpotPricePoint } from './refresh/spot-prices.ts';
import { priceListItem } from './testing/price-list.ts';

const M5: CatalogEntry = {
  type: {
    name: 'm5.large',
    family: 'm5',
    series: 'm',
    generation: 5,
    architectures: ['x86_64'],
    vcpus: 2,
    memoryGiB: 8,
    network: { baselineGbps: 0.75, burstGbps: 10 },
    flex: false,
    bareMetal: false,
    accelerated: false,
    performance: { factor: 1, basis: 'measured' },
  },
  price: { usdPerHour: 0.1, trust: 'estimated', asOf: '2024-05-14' },
  spot: { discount: 0.6, interrupted: { from: 0.05, to: 0.1 }, asOf: '2025-06-28' },
};
const CATALOG: Catalog = {
  region: 'eu-west-1',
  entries: [M5],
  parts: [
    { part: 'facts', asOf: '2026-08-02', sources: [] },
    { part: 'prices', asOf: '2024-05-14', sources: [] },
    { part: 'spot', asOf: '2026-11-01', sources: [] },
  ],
};
const NOTHING: LiveFacts = {
  asOf: '2026-11-23',
  types: new Map(),
  typesComplete: false,
  prices: new Map(),
  spotPrices: new Map(),
};
const DESCRIBED: DescribedInstanceType = {
  InstanceType: 'm5.large',
  BareMetal: false,
  VCpuInfo: { DefaultVCpus: 2 },
  MemoryInfo: { SizeInMiB: 8192 },
  ProcessorInfo: { SupportedArchitectures: ['x86_64'] },
  NetworkInfo: { NetworkCards: [{ BaselineBandwidthInGbps: 0.75, PeakBandwidthInGbps: 10 }] },
  EbsInfo: { EbsOptimizedInfo: { BaselineBandwidthInMbps: 650, BaselineIops: 3600 } },
};
const at = (date: string): Instant => startOf(minute(Date.parse(date) / 60_000));

describe('catalogAge', () => {
  it('counts whole days and says which part is stale', () => {
    expect(catalogAge(CATALOG, at('2026-11-23'))).toEqual([
      { part: 'facts', asOf: '2026-08-02', days: 113, stale: false },
      { part: 'prices', asOf: '2024-05-14', days: 923, stale: true },
      { part: 'spot', asOf: '2026-11-01', days: 22, stale: false },
    ]);
  });

  it('a date nobody can read is stale', () => {
    const broken = { ...CATALOG, parts: [{ part: 'spot', asOf: 'soon', sources: [] }] } as const;
    expect(catalogAge(broken, at('2026-11-23'))[0]?.stale).toBe(true);
  });
});

describe('live facts', () => {
  it('DescribeInstanceTypes: a whole item becomes a type, half a one nothing', () => {
    const items = [DESCRIBED, { InstanceType: 'm5.xlarge' }, {}];
    const types = fromInstanceTypes(items, new Map());
    expect([...types.keys()]).toEqual(['m5.large']);
    expect(types.get('m5.large')).toEqual({
      ...M5.type,
      performance: undefined,
      ebs: { baselineMbps: 650, baselineIops: 3600 },
    });
  });

  it('DescribeInstanceTypes: a T type keeps the baseline that is known, and is left out where none is', () => {
    const t3: DescribedInstanceType = {
      ...DESCRIBED,
      InstanceType: 't3.large',
      BurstablePerformanceSupported: true,
    };
    const known = { ...M5.type, name: 't3.large', burstable: { baselineShare: 0.3 } };
    expect(fromInstanceTypes([t3], new Map()).size).toBe(0);
    expect(fromInstanceTypes([t3], new Map([['t3.large', known]])).get('t3.large')?.burstable).toEqual({
      baselineShare: 0.3,
    });
  });

  it('price list: Linux, shared, nothing installed; the rest is left out', () => {
    const prices = fromPriceList([
      priceListItem('m5.large', 0.2, { operatingSystem: 'Windows' }),
      priceListItem('m5.large', 0.05, { tenancy: 'Dedicated' }),
      priceListItem('m5.large', 0.115),
      priceListItem('m5.large', 0),
      '{"broken',
    ]);
    expect([...prices]).toEqual([['m5.large', 0.115]]);
  });

  it('Spot history: the newest price of each zone, then the median of the zones', () => {
    const point = (zone: string, hour: number, price: string): SpotPricePoint => ({
      InstanceType: 'm5.large',
      AvailabilityZone: zone,
      ProductDescription: 'Linux/UNIX',
      SpotPrice: price,
      Timestamp: new Date(Date.UTC(2026, 10, 1, hour)),
    });
    const points = [
      point('a', 1, '0.09'),
      point('a', 2, '0.03'),
      point('b', 1, '0.04'),
      point('c', 1, '0.08'),
      { ...point('d', 1, '0.01'), ProductDescription: 'Windows' },
    ];
    expect([...fromSpotPriceHistory(points)]).toEqual([['m5.large', 0.04]]);
  });

  it('replace the price and the discount, keep performance and interruptions, and date the part', () => {
    const live = {
      ...NOTHING,
      prices: new Map([['m5.large', 0.12]]),
      spotPrices: new Map([['m5.large', 0.03]]),
    };
    const fresh = withLiveFacts(CATALOG, live);
    expect(fresh.entries[0]).toEqual({
      type: M5.type,
      price: { usdPerHour: 0.12, trust: 'live', asOf: '2026-11-23' },
      spot: { discount: 0.75, interrupted: { from: 0.05, to: 0.1 }, asOf: '2026-11-23' },
    });
    expect(fresh.parts.map(({ asOf }) => asOf)).toEqual(['2026-08-02', '2026-11-23', '2026-11-23']);
  });

  it('change nothing where nothing was fetched', () => {
    expect(withLiveFacts(CATALOG, NOTHING)).toEqual(CATALOG);
    expect(driftOf(CATALOG, NOTHING)).toEqual([]);
  });

  it('a complete list drops what is gone and adds what is new, without performance', () => {
    const fresh = { ...M5.type, name: 'm9.large' };
    const live = { ...NOTHING, types: new Map([['m9.large', fresh]]), typesComplete: true };
    expect(withLiveFacts(CATALOG, live).entries.map(({ type }) => type.name)).toEqual(['m9.large']);
    expect(driftOf(CATALOG, live)).toEqual([
      { type: 'm5.large', figure: 'no-longer-offered' },
      { type: 'm9.large', figure: 'unknown-type' },
    ]);
  });

  it('drift names the figure with both values, and forgives rounding', () => {
    const live = {
      ...NOTHING,
      types: new Map([['m5.large', { ...M5.type, vcpus: 4 }]]),
      prices: new Map([['m5.large', 0.1 + 1e-7]]),
      spotPrices: new Map([['m5.large', 0.09]]),
    };
    expect(driftOf(CATALOG, live)).toEqual([
      { type: 'm5.large', figure: 'vcpus', catalog: 2, live: 4 },
      { type: 'm5.large', figure: 'spot-discount', catalog: 0.6, live: expect.closeTo(0.1) },
    ]);
  });
});
