import type { TwinGroup } from '../region/twin-group.ts';
import { shapeOf } from './play-refresh.ts';

/** What is wrong with the workload on a type, besides its speed. */
export interface TwinFlaw {
  /** Requests take so many times as long. */
  readonly latency?: number;
  /** So much more of the requests fail, as a share of all. */
  readonly errors?: number;
  /** Memory that is lost in an hour, as a share of all; seen only where memory is measured (`uses.memoryPercent`). */
  readonly leakPerHour?: number;
  /** Share of minutes in which an instance fails its status check, too seldom for the group to replace it. */
  readonly failedChecks?: number;
}

export function flawOf({ options }: TwinGroup, type: string | undefined): TwinFlaw {
  return options.flaws?.[type ?? ''] ?? {};
}

/** What a balancer sees of the flaws of the group's instances in a minute since its start: all of them get the same share of the requests. */
export function flawAt(
  group: TwinGroup,
  minute: number,
): { readonly latency: number; readonly errors: number } {
  if (group.options.flaws === undefined) return { latency: 1, errors: 0 };
  const up = Math.max(1, group.run.inService[minute]!);
  const { mix } = group;
  const share = mix?.next ? Math.min(1, mix.renewedAt[minute]! / up) : 0;
  const present = flawOf(group, shapeOf(group).instanceTypes[0]);
  const coming = flawOf(group, mix?.next?.shape.instanceTypes[0]);
  const both = (of: (flaw: TwinFlaw) => number) => (1 - share) * of(present) + share * of(coming);
  return { latency: both(({ latency = 1 }) => latency), errors: both(({ errors = 0 }) => errors) };
}
