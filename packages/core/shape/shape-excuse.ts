import type { DimensionName } from './dimensions/index.ts';

/** Why a type is not the one. */
export type ShapeExcuseCode =
  | 'architecture'
  | 'family-not-allowed'
  | 'price-unknown'
  | 'price-estimated'
  | 'performance-unknown'
  | 'zone-without-type'
  | 'offering-unavailable'
  | 'memory-unmeasured'
  | 'figure-unknown'
  | 'local-disk'
  | 'rolled-back-before'
  | 'max-size'
  | 'does-not-fit'
  | 'dearer';

/** What limits a type: a resource, or a field in the owner's words. */
export type ShapeBottleneck =
  | DimensionName
  | 'price'
  | 'architecture'
  | 'family'
  | 'zone'
  | 'capacity'
  | 'local-disk'
  | 'performance'
  | 'history'
  | 'MaxSize';

export interface ShapeExcuse {
  readonly code: ShapeExcuseCode;
  readonly bottleneck: ShapeBottleneck;
  /** The numbers and names the sentence needs. */
  readonly facts: Readonly<Record<string, number | string>>;
}

export interface RejectedShape {
  readonly type: string;
  readonly excuse: ShapeExcuse;
}
