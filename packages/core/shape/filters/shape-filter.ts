import type { Minute } from '../../quantities.ts';
import type { Architecture, CatalogEntry, InstanceType } from '../instance-type.ts';
import type { ShapeExcuse } from '../shape-excuse.ts';
import type { ShapeHistory } from '../shape-history.ts';

/** Instances of a type that could not be had in a zone, until when that is believed. */
export interface UnavailableOffering {
  readonly type: string;
  readonly zone: string;
  readonly purchase: 'on-demand' | 'spot';
  readonly until: Minute;
}

/** A shape of this workload that was tried and given up. */
export interface RolledBackShape {
  readonly type: string;
  /** The first minute in which it may be tried again. */
  readonly notBefore: Minute;
}

/** What a group asks of its instance types beside the load. */
export interface ShapeDemands {
  readonly now: Minute;
  /** What the group runs on now. */
  readonly present: InstanceType;
  readonly history: ShapeHistory;
  /** What there is an image for. */
  readonly architectures: readonly Architecture[];
  /** Types and families of the tag; absent: the default families. */
  readonly types?: readonly string[];
  /** The group's zones. */
  readonly zones: readonly string[];
  /** The zones that offer a type; absent where nobody asked yet, which the rollout's preflight does. */
  readonly zonesOffering?: (type: string) => readonly string[];
  readonly unavailable: readonly UnavailableOffering[];
  readonly rolledBack: readonly RolledBackShape[];
  /** Instance store that the workload uses, GB; 0 where it uses none. */
  readonly localDiskGB: number;
  /** Share of the group that is Spot, 0 … 1. */
  readonly spotShare: number;
}

/** One reason a type may be out before its cost is looked at. */
export interface ShapeFilter {
  readonly name: string;
  /** The excuse, or undefined where the type may stay. */
  readonly reject: (entry: CatalogEntry, demands: ShapeDemands) => ShapeExcuse | undefined;
}
