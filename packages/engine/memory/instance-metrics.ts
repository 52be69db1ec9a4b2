import {
  type GroupRef,
  groupKey,
  type InstanceMetrics,
  type InstanceReading,
  PortError,
} from '../ports/index.ts';
import { type FaultSwitch, failCall } from './faults.ts';

export interface MemoryInstanceMetrics extends InstanceMetrics {
  /** The group's instances from now on: each series has a value per minute from `start` on. */
  set(ref: GroupRef, start: number, instances: readonly InstanceReading[]): void;
}

const SERIES = ['cpu', 'memory', 'latencySeconds', 'errorShare', 'failedChecks'] as const;

/** Readings in memory, a value a minute; outside of what was set there are no datapoints. */
export function createMemoryInstanceMetrics(faults: FaultSwitch = { faults: {} }): MemoryInstanceMetrics {
  const groups = new Map<
    string,
    { readonly start: number; readonly instances: readonly InstanceReading[] }
  >();
  return {
    async read(ref, from, to) {
      failCall(faults, 'instance-metrics', ref);
      const group = groups.get(groupKey(ref));
      if (!group) throw new PortError('not-found', `there is no Auto Scaling group ${ref.name}`);
      const cut = (values: Float64Array) =>
        Float64Array.from({ length: to - from }, (_, i) => values[from + i - group.start] ?? Number.NaN);
      const instances = group.instances.map((instance) => {
        const own = SERIES.flatMap((name) => {
          const values = instance[name];
          return values ? [[name, cut(values)] as const] : [];
        });
        return { ...instance, ...Object.fromEntries(own) };
      });
      return { intervalMinutes: 1, instances };
    },
    set: (ref, start, instances) => void groups.set(groupKey(ref), { start, instances }),
  };
}
