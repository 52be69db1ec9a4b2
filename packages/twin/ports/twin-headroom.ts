import type { Minute } from '@evenkeel/core/quantities';
import { type FaultSwitch, failCall } from '@evenkeel/engine/memory';
import { groupKey, type Headroom, PortError, type ReadHeadroom } from '@evenkeel/engine/ports';
import type { TwinGroup } from '../region/twin-group.ts';

/** What the account and its network allow; what is absent has no end. */
export interface TwinLimits {
  /** The quota of On-Demand Standard vCPUs, which every group of the region counts against. */
  readonly vcpus?: number;
  /** Addresses of each subnet; all groups launch into all of them in equal parts. */
  readonly subnets?: Readonly<Record<string, number>>;
}

export interface TwinHeadroom {
  readonly read: ReadHeadroom;
  set(limits: TwinLimits): void;
}

/** Every type of the twin has two vCPUs, as `large` ones have. */
const VCPUS = 2;

/** Quota and addresses that all groups of the region share: what one of them runs is not there for another. */
export function createTwinHeadroom(options: {
  readonly groups: ReadonlyMap<string, TwinGroup>;
  readonly now: () => Minute;
  readonly faults: FaultSwitch;
}): TwinHeadroom {
  const { groups, now, faults } = options;
  let limits: TwinLimits = {};
  return {
    set(next) {
      limits = next;
    },
    async read({ ref, since }): Promise<Headroom> {
      failCall(faults, 'headroom', ref);
      if (!groups.has(groupKey(ref))) {
        throw new PortError('not-found', `there is no Auto Scaling group ${ref.name} in ${ref.region}`);
      }
      const all = [...groups.values()];
      const { vcpus, subnets } = limits;
      return {
        ...(vcpus !== undefined && {
          vcpus: {
            quota: 'Running On-Demand Standard (A, C, D, H, I, M, R, T, Z) instances',
            code: 'L-1216C47A',
            allowed: vcpus,
            peak: peakOf(all, since, now()) * VCPUS,
            perInstance: VCPUS,
          },
        }),
        ...(subnets && { subnets: freeIn(subnets, runningAt(all, now())) }),
      };
    },
  };
}

function peakOf(groups: readonly TwinGroup[], since: Minute, now: Minute): number {
  let peak = 0;
  for (let at = since; at <= now; at++) peak = Math.max(peak, runningAt(groups, at as Minute));
  return peak;
}

function runningAt(groups: readonly TwinGroup[], at: Minute): number {
  return groups.reduce((sum, { run, recorded, start }) => {
    const index = at - start;
    return sum + (run.inService[index] ?? 0) + (recorded.starting[index] ?? 0);
  }, 0);
}

function freeIn(
  subnets: Readonly<Record<string, number>>,
  running: number,
): NonNullable<Headroom['subnets']> {
  const ids = Object.keys(subnets);
  return ids.map((id) => ({ id, free: Math.max(0, subnets[id]! - Math.ceil(running / ids.length)) }));
}
