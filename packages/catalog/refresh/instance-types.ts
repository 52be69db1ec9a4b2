import type { Architecture, InstanceType } from '@evenkeel/core/shape';

/** One item of EC2's DescribeInstanceTypes, as far as it is read. Every field may be missing in a response. */
export interface DescribedInstanceType {
  readonly InstanceType?: string | undefined;
  readonly BareMetal?: boolean | undefined;
  readonly BurstablePerformanceSupported?: boolean | undefined;
  readonly VCpuInfo?: { readonly DefaultVCpus?: number | undefined } | undefined;
  readonly MemoryInfo?: { readonly SizeInMiB?: number | undefined } | undefined;
  readonly ProcessorInfo?: { readonly SupportedArchitectures?: readonly string[] | undefined } | undefined;
  readonly NetworkInfo?: { readonly NetworkCards?: readonly NetworkCard[] | undefined } | undefined;
  readonly EbsInfo?:
    | {
        readonly EbsOptimizedInfo?:
          | {
              readonly BaselineBandwidthInMbps?: number | undefined;
              readonly BaselineIops?: number | undefined;
            }
          | undefined;
      }
    | undefined;
  readonly InstanceStorageInfo?: { readonly TotalSizeInGB?: number | undefined } | undefined;
  readonly GpuInfo?: unknown;
  readonly FpgaInfo?: unknown;
  readonly InferenceAcceleratorInfo?: unknown;
  readonly NeuronInfo?: unknown;
}

interface NetworkCard {
  readonly BaselineBandwidthInGbps?: number | undefined;
  readonly PeakBandwidthInGbps?: number | undefined;
}

/**
 * Translates DescribeInstanceTypes into facts by type. Items without a name, vCPUs, memory or network are left out: half a fact is none.
 * The baseline of T types is not in this response, so `burstable` comes from `known` (the catalogue's own types).
 */
export function fromInstanceTypes(
  items: readonly DescribedInstanceType[],
  known: ReadonlyMap<string, InstanceType>,
): ReadonlyMap<string, InstanceType> {
  const types = items.flatMap((item) => translate(item, known) ?? []);
  return new Map(types.map((type) => [type.name, type]));
}

function translate(
  item: DescribedInstanceType,
  known: ReadonlyMap<string, InstanceType>,
): InstanceType | undefined {
  const name = item.InstanceType;
  const vcpus = item.VCpuInfo?.DefaultVCpus;
  const memoryMiB = item.MemoryInfo?.SizeInMiB;
  const network = networkOf(item.NetworkInfo?.NetworkCards ?? []);
  const parsed = name === undefined ? undefined : /^([a-z-]+)(\d+)([a-z0-9-]*)\./.exec(name);
  if (!name || !parsed || !vcpus || !memoryMiB || !network) return undefined;
  const burstable = known.get(name)?.burstable;
  const ebs = item.EbsInfo?.EbsOptimizedInfo;
  const disk = item.InstanceStorageInfo?.TotalSizeInGB;
  if (item.BurstablePerformanceSupported && !burstable) return undefined;
  return {
    name,
    family: name.slice(0, name.indexOf('.')),
    series: parsed[1]!,
    generation: Number(parsed[2]),
    architectures: (item.ProcessorInfo?.SupportedArchitectures ?? []).filter(isArchitecture),
    vcpus,
    memoryGiB: memoryMiB / 1024,
    network,
    ...(ebs?.BaselineBandwidthInMbps !== undefined &&
      ebs.BaselineIops !== undefined && {
        ebs: { baselineMbps: ebs.BaselineBandwidthInMbps, baselineIops: ebs.BaselineIops },
      }),
    ...(disk !== undefined && { localDiskGB: disk }),
    ...(burstable && { burstable }),
    flex: parsed[3]!.endsWith('-flex'),
    bareMetal: item.BareMetal ?? false,
    accelerated: [item.GpuInfo, item.FpgaInfo, item.InferenceAcceleratorInfo, item.NeuronInfo].some(
      (info) => info !== undefined,
    ),
  };
}

function networkOf(cards: readonly NetworkCard[]): InstanceType['network'] | undefined {
  const sum = (figure: (card: NetworkCard) => number | undefined): number =>
    cards.reduce((total, card) => total + (figure(card) ?? 0), 0);
  const baselineGbps = sum((card) => card.BaselineBandwidthInGbps);
  const burstGbps = sum((card) => card.PeakBandwidthInGbps ?? card.BaselineBandwidthInGbps);
  return baselineGbps > 0 ? { baselineGbps, burstGbps } : undefined;
}

function isArchitecture(name: string): name is Architecture {
  return name === 'x86_64' || name === 'arm64';
}
