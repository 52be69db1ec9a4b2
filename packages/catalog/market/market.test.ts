import type { Instant } from '@evenkeel/core/quantities';
import { createMemoryDocuments } from '@evenkeel/engine/memory';
import { describe, expect, it } from 'vitest';
import { createSnapshotCatalogue } from '../catalogues.ts';
import { loadCatalog } from '../load-catalog.ts';
import type { DescribedInstanceType } from '../refresh/instance-types.ts';
import { priceListItem } from '../testing/price-list.ts';
import { createKeptCatalogue, livePrices } from './kept-catalogue.ts';
import { type KeptMarket, MARKETS } from './kept-market.ts';
import { type MarketSource, refreshMarket } from './refresh-market.ts';

const REGION = 'eu-west-1';
const NIGHT = Date.UTC(2026, 10, 23, 0, 7) as Instant;
const DAY = 86_400_000;

const described = (name: string, vcpus: number, gib: number): DescribedInstanceType => ({
  InstanceType: name,
  VCpuInfo: { DefaultVCpus: vcpus },
  MemoryInfo: { SizeInMiB: 1024 * gib },
  ProcessorInfo: { SupportedArchitectures: ['arm64'] },
  NetworkInfo: { NetworkCards: [{ BaselineBandwidthInGbps: 1, PeakBandwidthInGbps: 10 }] },
});

/** A region of three types, one of them new; asked is how often each part was read. */
function market(changes: Partial<MarketSource> = {}) {
  const asked: string[] = [];
  const part =
    <Value>(name: string, value: Value) =>
    async () => {
      asked.push(name);
      return value;
    };
  const source: MarketSource = {
    types: part('types', [
      described('m5.large', 2, 8),
      described('m7g.large', 2, 8),
      described('m99g.large', 2, 8),
    ]),
    priceList: part('priceList', [priceListItem('m5.large', 0.2), priceListItem('m99g.large', 0.05)]),
    spotPrices: part('spotPrices', [
      {
        InstanceType: 'm5.large',
        AvailabilityZone: 'a',
        ProductDescription: 'Linux/UNIX',
        SpotPrice: '0.05',
        Timestamp: new Date(NIGHT),
      },
    ]),
    offerings: part(
      'offerings',
      new Map([
        ['a', new Set(['m5.large'])],
        ['b', new Set(['m5.large', 'm7g.large'])],
      ]),
    ),
    ...changes,
  };
  return { source, asked };
}

async function refreshed(changes: Partial<MarketSource> = {}) {
  const documents = createMemoryDocuments();
  const { source, asked } = market(changes);
  const refresh = (now = NIGHT, more: { force?: boolean } = {}) =>
    refreshMarket({ region: REGION, documents, source, now, ...more });
  return { documents, asked, refresh, report: await refresh() };
}

const failing = () => Promise.reject(new Error('not authorized to perform: pricing:GetProducts'));

describe('the market of a region, read once a day', () => {
  it('replaces the figures of the snapshot, with the day they were read', async () => {
    const { documents, report } = await refreshed();
    expect(report.kind).toBe('refreshed');
    const entries = await createKeptCatalogue(documents).inRegion(REGION);
    expect(entries.map(({ type }) => type.name).sort()).toEqual(['m5.large', 'm7g.large', 'm99g.large']);
    const m5 = entries.find(({ type }) => type.name === 'm5.large');
    expect(m5?.price).toEqual({ usdPerHour: 0.2, trust: 'live', asOf: '2026-11-23' });
    expect(m5?.spot?.discount).toBeCloseTo(0.75);
    // Performance is the snapshot's: AWS publishes none.
    expect(m5?.type.performance).toBeDefined();
    expect(entries.find(({ type }) => type.name === 'm99g.large')?.type).toMatchObject({
      vcpus: 2,
      memoryGiB: 8,
    });
  });

  it('gives live prices only of types whose price was read', async () => {
    const { documents } = await refreshed();
    const price = livePrices(createKeptCatalogue(documents), REGION);
    expect([await price('m5.large'), await price('m7g.large'), await price('x')]).toEqual([
      0.2,
      undefined,
      undefined,
    ]);
  });

  it('says which zones offer a type', async () => {
    const { documents } = await refreshed();
    const zones = await createKeptCatalogue(documents).zonesOffering(REGION);
    expect([zones?.('m5.large'), zones?.('m7g.large'), zones?.('x')]).toEqual([['a', 'b'], ['b'], []]);
  });

  it('tells where the snapshot is contradicted', async () => {
    const { report } = await refreshed();
    if (report.kind !== 'refreshed') throw new Error(report.kind);
    expect(report.drifts).toContainEqual({ type: 'm99g.large', figure: 'unknown-type' });
    expect(report.drifts).toContainEqual(
      expect.objectContaining({ type: 'm5.large', figure: 'price', live: 0.2 }),
    );
    expect(report.kept.drift).toMatchObject({ 'unknown-type': 1, price: 1 });
  });

  it('is read once a day, also where it could not be read; at once where somebody wants it', async () => {
    const { asked, refresh } = await refreshed();
    expect((await refresh((NIGHT + DAY / 2) as Instant)).kind).toBe('fresh');
    expect(asked).toHaveLength(4);
    expect((await refresh((NIGHT + DAY / 2) as Instant, { force: true })).kind).toBe('refreshed');
    expect((await refresh((NIGHT + DAY) as Instant)).kind).toBe('refreshed');
    expect(asked).toHaveLength(12);
  });

  it('keeps what can be read: the snapshot stands in for the rest', async () => {
    const { documents, report } = await refreshed({ priceList: failing, types: failing });
    expect(report).toMatchObject({ kind: 'refreshed', failures: [{ part: 'types' }, { part: 'priceList' }] });
    const snapshot = await createSnapshotCatalogue().inRegion(REGION);
    const entries = await createKeptCatalogue(documents).inRegion(REGION);
    expect(entries.map(({ price }) => price)).toEqual(snapshot.map(({ price }) => price));
    expect(entries.find(({ type }) => type.name === 'm5.large')?.spot?.asOf).toBe('2026-11-23');
  });

  it('leaves the figures of before where nothing can be read, and tries again the next day only', async () => {
    const { documents } = await refreshed();
    const nothing: MarketSource = {
      types: failing,
      priceList: failing,
      spotPrices: failing,
      offerings: failing,
    };
    const again = (now: number) =>
      refreshMarket({ region: REGION, documents, source: nothing, now: now as Instant });
    expect((await again(NIGHT + DAY)).kind).toBe('failed');
    expect((await again(NIGHT + DAY + 300_000)).kind).toBe('fresh');
    const kept = await documents.read<KeptMarket>(MARKETS, REGION);
    expect(kept?.value).toMatchObject({
      asOf: '2026-11-23',
      triedOn: '2026-11-24',
      prices: { 'm5.large': 0.2 },
    });
  });

  it('is the snapshot where it never could be read, and that is tried once a day too', async () => {
    const nothing: MarketSource = {
      types: failing,
      priceList: failing,
      spotPrices: failing,
      offerings: failing,
    };
    const { documents, refresh, report } = await refreshed(nothing);
    expect(report.kind).toBe('failed');
    expect((await refresh()).kind).toBe('fresh');
    const catalogue = createKeptCatalogue(documents);
    expect(await catalogue.inRegion(REGION)).toEqual(await createSnapshotCatalogue().inRegion(REGION));
    expect(await catalogue.zonesOffering(REGION)).toBeUndefined();
  });

  it('is the snapshot where nobody ever read it', async () => {
    const catalogue = createKeptCatalogue(createMemoryDocuments());
    expect(await catalogue.inRegion(REGION)).toEqual(await createSnapshotCatalogue().inRegion(REGION));
    expect(await catalogue.zonesOffering(REGION)).toBeUndefined();
  });

  it('fits one item of a table with every type of a large region in six zones', async () => {
    const names = (await loadCatalog('us-east-1')).entries.map(({ type }) => type.name);
    const { report } = await refreshed({
      types: async () => names.map((name) => described(name, 2, 8)),
      priceList: async () => names.map((name) => priceListItem(name, 12.3456)),
      offerings: async () => new Map(['a', 'b', 'c', 'd', 'e', 'f'].map((zone) => [zone, new Set(names)])),
    });
    if (report.kind !== 'refreshed') throw new Error(report.kind);
    const { facts, ...rest } = report.kept;
    expect(names.length).toBeGreaterThan(500);
    expect(JSON.stringify(rest).length).toBeLessThan(150_000);
    // Facts are kept of what the snapshot does not know: here all but those that really have 2 vCPUs and 8 GiB.
    expect(facts.length).toBeGreaterThan(400);
    expect(JSON.stringify(report.kept).length).toBeLessThan(390_000);
  });
});
