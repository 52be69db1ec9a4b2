import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The raw files this generator reads, as far as it reads them. Prices are USD an hour, Linux, shared tenancy. */
export interface RawData {
  readonly types: readonly RawType[];
  readonly factsAsOf: string;
  readonly performance: Readonly<Record<string, RawPerformance>>;
  readonly performanceAsOf: string;
  readonly regions: Readonly<Record<string, RawPrices>>;
  readonly priceSources: Readonly<Record<string, RawSource>>;
  /** `[percent below on-demand, interruption band]` by region and type. */
  readonly advisor: Readonly<Record<string, Readonly<Record<string, readonly [number, number]>>>>;
  readonly advisorAsOf: string;
  readonly sample: readonly RawSample[];
  readonly sampleAsOf: string;
}

export interface RawType {
  readonly name: string;
  readonly family: string;
  readonly series: string;
  readonly generation: number;
  readonly size: string;
  readonly architectures: readonly string[];
  readonly vcpu: number;
  readonly memoryMiB: number;
  readonly network: { readonly baselineGbps: number | null; readonly burstGbps: number | null };
  readonly ebs: { readonly baselineMbps: number; readonly baselineIops: number } | null;
  readonly localStorage: { readonly totalGB: number } | null;
  readonly burstable: { readonly baselinePercentPerVcpu: number } | null;
  readonly flex: boolean;
  readonly bareMetal: boolean;
  readonly accelerators: readonly unknown[] | null;
}

export interface RawPerformance {
  readonly factor: number | null;
  readonly proxyFamily?: string;
}

export interface RawPrices {
  readonly source: string;
  readonly sourceOverrides: Readonly<Record<string, readonly string[]>>;
  readonly quoted: Readonly<Record<string, number>>;
  readonly scaled: Readonly<Record<string, number>>;
  readonly estimated: Readonly<Record<string, number>>;
  readonly unpriced: readonly string[];
}

export interface RawSource {
  readonly name: string;
  readonly licence: string;
  readonly asOf: string;
  readonly commit?: string;
}

export interface RawSample {
  readonly type: string;
  readonly region: string;
  readonly medianDiscountPercent: number;
}

/** Reads the raw files of a folder. Throws what the file system or JSON throws, naming the file. */
export async function readRawData(folder: string): Promise<RawData> {
  const types = await readJson(folder, 'ec2-instance-types.json');
  const prices = await readJson(folder, 'ec2-on-demand-prices.json');
  const performance = await readJson(folder, 'ec2-performance.json');
  const spot = await readJson(folder, 'ec2-spot-discounts.json');
  return {
    types: types.instanceTypes as readonly RawType[],
    factsAsOf: types.snapshotDate as string,
    performance: performance.families as RawData['performance'],
    performanceAsOf: performance.snapshotDate as string,
    regions: prices.regions as RawData['regions'],
    priceSources: prices.sources as RawData['priceSources'],
    advisor: spot.advisor as RawData['advisor'],
    advisorAsOf: (spot.sources as Record<string, RawSource>).advisor?.asOf ?? '',
    sample: spot.sample as RawData['sample'],
    sampleAsOf: ((spot.sources as Record<string, RawSource>).sample?.asOf ?? '').slice(0, 7),
  };
}

async function readJson(folder: string, name: string): Promise<Record<string, unknown>> {
  const path = join(folder, name);
  const value: unknown = JSON.parse(await readFile(path, 'utf8'));
  if (typeof value !== 'object' || value === null) throw new TypeError(`${path} holds no JSON object`);
  return value as Record<string, unknown>;
}
