import type { Architecture, InstanceType, Performance } from '@evenkeel/core/shape';

/** A type with the price that the regions' ratios refer to; absent where the reference region does not sell it. */
export interface ReferencedType {
  readonly type: InstanceType;
  readonly referencePrice?: number;
}

/** Reads the compact facts (format.ts): every family by name, its types in the order that region lines count in. */
export function readFacts(text: string): ReadonlyMap<string, readonly ReferencedType[]> {
  return new Map(text.split('\n').map(readFamily));
}

function readFamily(line: string): readonly [string, readonly ReferencedType[]] {
  const [family = '', series = '', generation, letters = '', flags = '', performance = '', sizes = ''] =
    line.split('|');
  const measured = readPerformance(performance);
  const common = {
    family,
    series,
    generation: Number(generation),
    architectures: letters.split('').map((letter): Architecture => (letter === 'a' ? 'arm64' : 'x86_64')),
    flex: flags.includes('f'),
    accelerated: flags.includes('g'),
    ...(measured && { performance: measured }),
  };
  return [family, sizes.split(';').map((size) => readSize(size, common))];
}

type Common = Pick<
  InstanceType,
  'family' | 'series' | 'generation' | 'architectures' | 'flex' | 'accelerated' | 'performance'
>;

function readSize(text: string, common: Common): ReferencedType {
  const [name = '', ...figures] = text.split(',');
  const [vcpus, memoryMiB, base, burst, ebsMbps, ebsIops, disk, baseline, price] = figures.map((figure) =>
    figure === '' ? undefined : Number(figure),
  );
  const type: InstanceType = {
    ...common,
    name: `${common.family}.${name.replace('!', '')}`,
    vcpus: vcpus ?? 0,
    memoryGiB: (memoryMiB ?? 0) / 1024,
    network: { baselineGbps: base ?? 0, burstGbps: burst ?? base ?? 0 },
    ...(ebsMbps !== undefined &&
      ebsIops !== undefined && { ebs: { baselineMbps: ebsMbps, baselineIops: ebsIops } }),
    ...(disk !== undefined && { localDiskGB: disk }),
    ...(baseline !== undefined && { burstable: { baselineShare: baseline / 100 } }),
    bareMetal: name.startsWith('!'),
  };
  return price === undefined ? { type } : { type, referencePrice: price };
}

function readPerformance(text: string): Performance | undefined {
  if (text === '') return undefined;
  return text.startsWith('~')
    ? { factor: Number(text.slice(1)), basis: 'proxy' }
    : { factor: Number(text), basis: 'measured' };
}
