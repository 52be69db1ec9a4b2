import type { Minute } from '../quantities.ts';
import type { PricedEntry } from './candidate.ts';
import type { ShapeDemands } from './filters/index.ts';
import type { InstanceType } from './instance-type.ts';
import type { ShapeHistory } from './shape-history.ts';

/** A type for tests: m5.large unless changed. */
export function typeOf(changes: Partial<InstanceType> = {}): InstanceType {
  return {
    name: 'm5.large',
    family: 'm5',
    series: 'm',
    generation: 5,
    architectures: ['x86_64'],
    vcpus: 2,
    memoryGiB: 8,
    network: { baselineGbps: 0.75, burstGbps: 10 },
    ebs: { baselineMbps: 650, baselineIops: 3600 },
    flex: false,
    bareMetal: false,
    accelerated: false,
    performance: { factor: 1, basis: 'measured' },
    ...changes,
  };
}

/** A quoted entry for tests: m5.large at 0.096 USD an hour unless changed. */
export function entryOf(changes: Partial<InstanceType> = {}, usdPerHour = 0.096): PricedEntry {
  return { type: typeOf(changes), price: { usdPerHour, trust: 'quoted', asOf: '2026-07-20' } };
}

/** A history for tests, with CPU given and the rest as it needs to be. */
export function historyOf(cpu: readonly number[], changes: Partial<ShapeHistory> = {}): ShapeHistory {
  return { cpu: Float64Array.from(cpu), instances: 4, ...changes };
}

/** Demands for tests that reject nothing of `entryOf()`. */
export function demandsOf(changes: Partial<ShapeDemands> = {}): ShapeDemands {
  return {
    now: 1000 as Minute,
    present: typeOf(),
    history: historyOf([1, 2, 3], { memory: Float64Array.of(1, 1, 1) }),
    architectures: ['x86_64'],
    zones: ['a', 'b', 'c'],
    unavailable: [],
    rolledBack: [],
    localDiskGB: 0,
    spotShare: 0,
    ...changes,
  };
}
