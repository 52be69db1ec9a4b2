import type { Guard } from '@evenkeel/core/rollout';
import type { GroupRef } from './group.ts';
import type { WriteContext } from './write-context.ts';

export type AlarmState = 'ok' | 'alarm' | 'insufficient-data' | 'missing';

/** The alarms that watch a rollout (S20). Those the owner named are read, never made or removed. */
export interface GuardAlarms {
  /** Makes those that are Evenkeel's own; making one that is there replaces it. */
  create(ref: GroupRef, guards: readonly Guard[], context: WriteContext): Promise<void>;
  /** The state of each, by name, in the order asked for. */
  states(ref: GroupRef, names: readonly string[]): Promise<readonly AlarmState[]>;
  /** Removes Evenkeel's own of these; one that is not there is no error. Rejects with `invalid` on a name that is not Evenkeel's. */
  remove(ref: GroupRef, names: readonly string[], context: WriteContext): Promise<void>;
}

/** What the names of Evenkeel's own alarms begin with; the role may write no others. */
export const GUARD_PREFIX = 'evenkeel-guard-';
