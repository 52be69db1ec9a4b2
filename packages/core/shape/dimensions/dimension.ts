import type { Instances } from '../../quantities.ts';
import type { InstanceType } from '../instance-type.ts';
import type { ShapeHistory } from '../shape-history.ts';
import type { ShapeRules } from '../shape-rules.ts';

export type DimensionName = 'cpu' | 'network' | 'memory' | 'ebs-throughput' | 'ebs-iops';

/** What a limit is set against. */
export interface LimitContext {
  readonly rules: ShapeRules;
  /** The count the history's memory was measured at. */
  readonly measuredAt: Instances;
}

/** One resource a group can run out of. */
export interface Dimension {
  readonly name: DimensionName;
  /** Going over the limit makes the group slower by that much, or ends the process: an outage counts as a whole shortage. */
  readonly breach: 'slowdown' | 'outage';
  /** The load of every sample; undefined where it was not measured. */
  readonly loadOf: (history: ShapeHistory) => Float64Array | undefined;
  /** The most load `count` instances of a type hold, in the load's unit; undefined where the catalogue has no figure. */
  readonly limitOf: (type: InstanceType, count: Instances, context: LimitContext) => number | undefined;
}
