import type { Instances } from '../quantities.ts';

/**
 * What a group carried, sample by sample: evenly spaced, oldest first, all series equally long, no NaN (a missing sample holds the one
 * before it). A series that nobody measured is absent.
 */
export interface ShapeHistory {
  /** vCPUs of m5 performance that were busy, the whole group together. */
  readonly cpu: Float64Array;
  /** Gbit/s, the larger direction, the whole group together. */
  readonly network?: Float64Array;
  /** GiB in use in each instance while `instances` carried the load, without the operating system. */
  readonly memory?: Float64Array;
  /** Mbit/s to and from EBS, the whole group together. */
  readonly ebsThroughput?: Float64Array;
  /** Operations a second on EBS, the whole group together. */
  readonly ebsIops?: Float64Array;
  /** How many instances carried it. */
  readonly instances: Instances;
}

const SERIES = ['cpu', 'network', 'memory', 'ebsThroughput', 'ebsIops'] as const;

/** The history as it is. Throws a RangeError that names the series where one is empty, of another length, negative or not finite. */
export function checkedHistory(history: ShapeHistory): ShapeHistory {
  for (const name of SERIES) {
    const series = history[name];
    if (!series) continue;
    if (series.length === 0 || series.length !== history.cpu.length) {
      throw new RangeError(`history.${name} has ${series.length} samples, history.cpu ${history.cpu.length}`);
    }
    const wrong = series.find((value) => !(value >= 0 && value < Number.POSITIVE_INFINITY));
    if (wrong !== undefined) throw new RangeError(`history.${name} holds ${wrong}; a load is 0 or more`);
  }
  if (!(history.instances >= 1))
    throw new RangeError(`history.instances is ${history.instances}, not 1 or more`);
  return history;
}

/** The samples `from` up to but not including `to` of every series. */
export function sliceHistory(history: ShapeHistory, from: number, to: number): ShapeHistory {
  const { cpu, network, memory, ebsThroughput, ebsIops, instances } = history;
  return {
    cpu: cpu.subarray(from, to),
    ...(network && { network: network.subarray(from, to) }),
    ...(memory && { memory: memory.subarray(from, to) }),
    ...(ebsThroughput && { ebsThroughput: ebsThroughput.subarray(from, to) }),
    ...(ebsIops && { ebsIops: ebsIops.subarray(from, to) }),
    instances,
  };
}
