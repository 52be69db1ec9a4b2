import { type FaultSwitch, failCall } from '@evenkeel/engine/memory';
import {
  type GroupRef,
  groupKey,
  PortError,
  type ShapeFacts,
  type ShapeFactsReader,
} from '@evenkeel/engine/ports';
import { DEFAULT_ZONES } from '../region/options.ts';
import type { TwinGroup } from '../region/twin-group.ts';

/** What preflight reads, and a test's hand on it. */
export interface TwinFacts extends ShapeFactsReader {
  /** Makes some facts of a group others than the plain ones. */
  set(ref: GroupRef, facts: Partial<ShapeFacts>): void;
}

/** Plain facts: everything is offered everywhere, there is room, and requests are dealt out in turn. */
export function createTwinFacts(options: {
  readonly groups: ReadonlyMap<string, TwinGroup>;
  readonly faults: FaultSwitch;
}): TwinFacts {
  const others = new Map<string, Partial<ShapeFacts>>();
  const read: ShapeFactsReader['read'] = async (ref, desired) => {
    failCall(options.faults, 'shape-facts', ref);
    const group = options.groups.get(groupKey(ref));
    if (!group) throw new PortError('not-found', `there is no Auto Scaling group ${ref.name}`);
    const zones = group.options.zones ?? DEFAULT_ZONES;
    const hasBalancer = group.options.targetGroups?.length !== 0;
    const image = desired.template ? 'arm64' : group.firstShape.architecture;
    return {
      template: `lt-${ref.name}:1`,
      instanceRequirements: false,
      offered: Object.fromEntries(desired.types.map((type) => [type, zones])),
      vcpuQuota: { used: 200, allowed: 5000 },
      freeAddresses: 1000,
      ...(image && { imageArchitecture: image }),
      ...(hasBalancer && { balancing: { algorithm: 'round-robin', slowStart: false } as const }),
      ...others.get(groupKey(ref)),
    };
  };
  return {
    read,
    balancing: async (ref) => (await read(ref, { types: [] })).balancing,
    set(ref, facts) {
      others.set(groupKey(ref), { ...others.get(groupKey(ref)), ...facts });
    },
  };
}
