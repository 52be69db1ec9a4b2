import type { Approvals } from './approvals.ts';
import type { GuardAlarms } from './guard-alarms.ts';
import type { InstanceMetrics } from './instance-readings.ts';
import type { Ports } from './ports.ts';
import type { Refreshes } from './refreshes.ts';
import type { ShapeFactsReader } from './shape-facts.ts';

/** What a rollout touches beyond the ports of floors and targets; another role writes here (S25). */
export interface ShapePorts {
  readonly refreshes: Refreshes;
  readonly guardAlarms: GuardAlarms;
  readonly shapeFacts: ShapeFactsReader;
  readonly instanceMetrics: InstanceMetrics;
  readonly approvals: Approvals;
}

/** A rollout tunes no target and chooses no shape: its role may do without (S25). */
export interface RolloutPorts extends Omit<Ports, 'targets' | 'catalogue' | 'usage'>, ShapePorts {}
