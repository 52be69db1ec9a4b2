import { cpu } from './cpu.ts';
import type { Dimension } from './dimension.ts';
import { ebsIops } from './ebs-iops.ts';
import { ebsThroughput } from './ebs-throughput.ts';
import { memory } from './memory.ts';
import { network } from './network.ts';

export * from './dimension.ts';

/** Every resource that is looked at. */
export const DIMENSIONS: readonly Dimension[] = [cpu, network, memory, ebsThroughput, ebsIops];
