import type { Minute } from '@evenkeel/core/quantities';
import type { GroupRef } from './group.ts';
import type { ShapeStep } from './shape-step.ts';

/** A group of a series, and when it was seen first and last (S17). */
export interface SeriesMember {
  readonly ref: GroupRef;
  readonly from: Minute;
  readonly until: Minute;
  /** The instance type it was last seen with, and its changes of shape: what is counted in its instances is another group's in others. */
  readonly type?: string;
  readonly shapes?: readonly ShapeStep[];
}
