/** The processor architectures an image can be built for. */
export type Architecture = 'x86_64' | 'arm64';

/** What one EC2 instance type is: facts without money. Figures are what an instance can hold, not what it can burst to. */
export interface InstanceType {
  /** `m7g.large` */
  readonly name: string;
  /** `m7g` */
  readonly family: string;
  /** The letters before the generation: `c`, `m`, `r`, `t`, … */
  readonly series: string;
  readonly generation: number;
  readonly architectures: readonly Architecture[];
  readonly vcpus: number;
  readonly memoryGiB: number;
  readonly network: { readonly baselineGbps: number; readonly burstGbps: number };
  /** Absent where no source has figures (types of before EBS optimisation). */
  readonly ebs?: { readonly baselineMbps: number; readonly baselineIops: number };
  /** Instance store, which is lost with the instance. */
  readonly localDiskGB?: number;
  /** T families: what a vCPU holds for ever, as a share 0 … 1, and the credits that start it. */
  readonly burstable?: { readonly baselineShare: number };
  readonly flex: boolean;
  readonly bareMetal: boolean;
  readonly accelerated: boolean;
  /** Throughput of one vCPU, all of them busy, against one vCPU of m5; absent where nobody measured it. */
  readonly performance?: Performance;
}

/** How a performance factor is known; `proxy`: taken from a family that differs in disk, network or EBS only. */
export interface Performance {
  readonly factor: number;
  readonly basis: 'measured' | 'proxy' | 'workload';
}

/** How far a price can be trusted: `estimated` and `unpriced` never decide alone. */
export type PriceTrust = 'live' | 'quoted' | 'scaled' | 'estimated';

/** On-demand, Linux, shared tenancy, list price. */
export interface Price {
  readonly usdPerHour: number;
  readonly trust: PriceTrust;
  /** The day the price was read, ISO 8601. */
  readonly asOf: string;
}

/** How Spot has been for a type in a region. */
export interface SpotMarket {
  /** Share below the on-demand price, 0 … 1. */
  readonly discount: number;
  /** Share of instances that are interrupted in a month, from … to; absent where not known. */
  readonly interrupted?: { readonly from: number; readonly to: number };
  readonly asOf: string;
}

/** An instance type as one region offers it. Without a price it is offered, but nobody said for how much. */
export interface CatalogEntry {
  readonly type: InstanceType;
  readonly price?: Price;
  readonly spot?: SpotMarket;
}
