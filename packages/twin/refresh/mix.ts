import type { Instances, Utilisation } from '@evenkeel/core/quantities';
import type { GroupShape } from '@evenkeel/engine/ports';

/** A shape and what one of its instances really carries, in instances of the group's first shape. Nobody but the twin knows it. */
export interface RealShape {
  readonly shape: GroupShape;
  readonly capacity: number;
}

/** Old and new instances side by side in a group, while a refresh replaces them and ever after. Mutable: the region plays it. */
export interface Mix {
  /** The saved configuration. */
  saved: RealShape;
  /** What the refresh under way, or cancelled, moves to. */
  next: RealShape | undefined;
  /** Instances in service that have the next shape. */
  renewed: Instances;
  /** Launched ahead of those they replace. */
  batch: { readonly count: Instances; readonly arrives: number } | undefined;
  /** Which checkpoint the refresh is at, and until which minute it stands there. */
  checkpoint: number;
  standsUntil: number | undefined;
  /** Since when no instance could be launched. */
  stuckSince: number | undefined;
  /** By minute since the group's start: instances that have the next shape, those of another than the first, and the demand that nobody served. */
  readonly renewedAt: Uint16Array;
  readonly changedAt: Uint16Array;
  readonly unserved: Float64Array;
}

export function createMix(saved: RealShape, minutes: number): Mix {
  return {
    saved,
    next: undefined,
    renewed: 0,
    batch: undefined,
    checkpoint: 0,
    standsUntil: undefined,
    stuckSince: undefined,
    renewedAt: new Uint16Array(minutes),
    changedAt: new Uint16Array(minutes),
    unserved: new Float64Array(minutes),
  };
}

/** What a minute looks like where requests are dealt out in equal shares to instances of unequal size. */
export interface MixedLoad {
  /** Sum of the instances' CPU shares: what the group's metric shows times its instances. */
  readonly visible: number;
  /** The demand that would leave the same shortage in a group of equal instances. */
  readonly felt: number;
  readonly unserved: number;
}

/**
 * @param demand instances of the first shape
 * @param up instances in service, of which `renewed` have the next shape
 */
export function mixedLoad(
  demand: number,
  { saved, next, renewed }: Pick<Mix, 'saved' | 'next' | 'renewed'>,
  up: Instances,
  sloUtilisation: Utilisation,
): MixedLoad {
  if (up === 0) return { visible: demand, felt: demand, unserved: demand > 0 ? 1 : 0 };
  const share = demand / up;
  const parts = [
    { count: up - renewed, utilisation: share / saved.capacity },
    { count: renewed, utilisation: share / (next?.capacity ?? saved.capacity) },
  ];
  let visible = 0;
  let shortage = 0;
  let lost = 0;
  for (const { count, utilisation } of parts) {
    visible += count * Math.min(1, utilisation);
    shortage += count * Math.max(0, utilisation / sloUtilisation - 1);
    lost += utilisation > 1 ? count * share * (1 - 1 / utilisation) : 0;
  }
  const felt = shortage > 1e-9 ? (up + shortage) * sloUtilisation : visible;
  return { visible, felt, unserved: demand > 0 ? lost / demand : 0 };
}
