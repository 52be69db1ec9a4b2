import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { catalogRegions, loadCatalog } from './load-catalog.ts';

const regions = await catalogRegions();
const entryOf = async (region: string, name: string) => {
  const catalog = await loadCatalog(region);
  return catalog.entries.find((entry) => entry.type.name === name);
};

describe('loadCatalog', () => {
  it('gives facts, price, Spot and performance of a type', async () => {
    expect(await entryOf('us-east-1', 'm7g.large')).toMatchObject({
      type: {
        family: 'm7g',
        series: 'm',
        generation: 7,
        architectures: ['arm64'],
        vcpus: 2,
        memoryGiB: 8,
        bareMetal: false,
        performance: { basis: 'measured' },
      },
      price: { usdPerHour: 0.0816, trust: 'quoted', asOf: '2026-07-20' },
      spot: { asOf: '2025-06-28' },
    });
  });

  it.each([
    ['us-east-1', 'm5.large', 0.096, 'quoted'],
    ['eu-central-1', 'm5.large', 0.115, 'quoted'],
    ['us-east-1', 'c6g.metal', 2.176, 'scaled'],
    ['eu-central-1', 'c8a.large', 0.122984, 'estimated'],
  ] as const)('%s %s costs %d, %s', async (region, name, usdPerHour, trust) => {
    expect((await entryOf(region, name))?.price).toMatchObject({ usdPerHour, trust });
  });

  it('marks a burstable, a flex and a bare-metal type, and one with a disk', async () => {
    expect((await entryOf('us-east-1', 't3.large'))?.type.burstable).toEqual({ baselineShare: 0.3 });
    expect((await entryOf('us-east-1', 'm7i-flex.large'))?.type.flex).toBe(true);
    expect((await entryOf('us-east-1', 'm5.metal'))?.type.bareMetal).toBe(true);
    expect((await entryOf('us-east-1', 'm5d.large'))?.type.localDiskGB).toBe(75);
  });

  it('takes the factor of a proxy family where a family was not measured, and says so', async () => {
    const own = (await entryOf('us-east-1', 'c5a.large'))?.type.performance;
    const proxy = (await entryOf('us-east-1', 'c5ad.large'))?.type.performance;
    expect(own?.basis).toBe('measured');
    expect(proxy).toEqual({ factor: own?.factor, basis: 'proxy' });
  });

  it('an offered type without a price is listed without one', async () => {
    const entry = await entryOf('eu-central-1', 'f2.12xlarge');
    expect(entry?.type.name).toBe('f2.12xlarge');
    expect(entry?.price).toBeUndefined();
  });

  it('rejects for a region it has no prices for, naming those it has', async () => {
    await expect(loadCatalog('mars-north-1')).rejects.toThrow(
      /no prices for region "mars-north-1"; it has af-south-1,.* us-east-1/,
    );
    await expect(loadCatalog('toString')).rejects.toThrow(RangeError);
  });

  it.each(regions)('%s: every entry is whole and every price above zero', async (region) => {
    const { entries } = await loadCatalog(region);
    expect(entries.length).toBeGreaterThan(200);
    expect(new Set(entries.map(({ type }) => type.name)).size).toBe(entries.length);
    for (const { type, price, spot } of entries) {
      expect(type.architectures.length, type.name).toBeGreaterThan(0);
      expect(Math.min(type.vcpus, type.memoryGiB, price?.usdPerHour ?? 1), type.name).toBeGreaterThan(0);
      expect(spot?.discount ?? 0, type.name).toBeLessThan(1);
    }
  });
});

describe('the data that ships', () => {
  it('weighs at most 400 KB', async () => {
    const folder = join(import.meta.dirname, 'data');
    const names = await readdir(folder, { recursive: true });
    const texts = await Promise.all(
      names.filter((name) => name.endsWith('.ts')).map((name) => readFile(join(folder, name))),
    );
    const bytes = texts.reduce((sum, text) => sum + text.byteLength, 0);
    expect(bytes).toBeGreaterThan(100_000);
    expect(bytes).toBeLessThanOrEqual(400_000);
  });
});
