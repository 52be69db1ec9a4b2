import type { Minute } from '@evenkeel/core/quantities';
import {
  type DesiredShape,
  type GroupRef,
  type GroupSnapshot,
  groupKey,
  hasEnded,
  PortError,
  type Refresh,
  type Refreshes,
  type RefreshPreferences,
} from '../ports/index.ts';
import { type FaultSwitch, failCall } from './faults.ts';
import type { MemoryGuardAlarms } from './guard-alarms.ts';

/** A refresh with what it was started with. */
export interface KeptRefresh extends Refresh {
  readonly ref: GroupRef;
  readonly desired: DesiredShape;
  readonly preferences: RefreshPreferences;
}

/** The port, and the hand of whoever plays the provider: a test, or a simulated region. */
export interface MemoryRefreshes extends Refreshes {
  of(ref: GroupRef): KeptRefresh | undefined;
  /** Changes the newest refresh of the group. */
  change(ref: GroupRef, fields: Partial<Pick<Refresh, 'status' | 'percent' | 'reason' | 'endedAt'>>): void;
  /** All that ever were, in order. */
  all(): readonly KeptRefresh[];
}

/** What a provider knows of a group that bears on refreshes. */
export interface RefreshableGroup extends Pick<GroupSnapshot, 'shape' | 'desired'> {
  readonly instanceRequirements?: boolean;
}

/** Refreshes in memory: the provider's rules, but no instances; whoever plays the provider moves them on. */
export function createMemoryRefreshes(options: {
  readonly now: () => Minute;
  readonly group: (ref: GroupRef) => RefreshableGroup | undefined;
  readonly alarms: Pick<MemoryGuardAlarms, 'stateOf'>;
  readonly faults?: FaultSwitch;
}): MemoryRefreshes {
  const { now, group, alarms } = options;
  const faults = options.faults ?? { faults: {} };
  const kept: KeptRefresh[] = [];
  const of = (ref: GroupRef) => kept.findLast((each) => groupKey(each.ref) === groupKey(ref));
  const change: MemoryRefreshes['change'] = (ref, fields) => {
    const index = kept.findLastIndex((each) => groupKey(each.ref) === groupKey(ref));
    const refresh = kept[index];
    if (refresh) kept[index] = { ...refresh, ...fields };
  };
  const active = (ref: GroupRef): KeptRefresh => {
    const refresh = of(ref);
    if (!refresh || hasEnded(refresh))
      throw new PortError('not-found', `group ${ref.name} has no instance refresh in progress`);
    return refresh;
  };
  return {
    async start(ref, desired, preferences) {
      failCall(faults, 'start-refresh', ref);
      const found = group(ref);
      if (!found) throw new PortError('not-found', `there is no Auto Scaling group ${ref.name}`);
      const latest = of(ref);
      if (latest && isGoing(latest) && isSame(latest, desired, preferences)) return latest.id;
      if (latest && !hasEnded(latest))
        throw new PortError('conflict', `instance refresh ${latest.id} of ${ref.name} is in progress`);
      checkStart(found, desired, preferences, alarms);
      const id = `refresh-${kept.length + 1}`;
      kept.push({
        id,
        ref,
        desired,
        preferences,
        status: 'in-progress',
        percent: 0,
        startedAt: now(),
        types: desired.types,
        toReplace: found.desired,
      });
      return id;
    },
    async latest(ref) {
      failCall(faults, 'read-refresh', ref);
      const found = of(ref);
      if (!found) return undefined;
      const { ref: _ref, desired: _desired, preferences: _preferences, ...refresh } = found;
      return refresh;
    },
    async rollBack(ref) {
      failCall(faults, 'roll-back', ref);
      const refresh = active(ref);
      if (group(ref)?.shape.templateVersion !== 'number')
        throw new PortError(
          'invalid',
          `refresh ${refresh.id} cannot be rolled back: the template's version is no number`,
        );
      change(ref, { status: 'rolling-back', reason: 'a rollback was asked for' });
    },
    async cancel(ref) {
      failCall(faults, 'cancel-refresh', ref);
      active(ref);
      change(ref, { status: 'cancelled', endedAt: now(), reason: 'the refresh was cancelled' });
    },
    of,
    change,
    all: () => kept,
  };
}

/** Whether it could still become what was asked for. */
function isGoing({ status }: Refresh): boolean {
  return status === 'pending' || status === 'in-progress' || status === 'baking';
}

function isSame(kept: KeptRefresh, desired: DesiredShape, preferences: RefreshPreferences): boolean {
  const asked = [desired.types, preferences.checkpoints, preferences.checkpointDelay, preferences.alarms];
  const { desired: shape, preferences: standing } = kept;
  const stands = [shape.types, standing.checkpoints, standing.checkpointDelay, standing.alarms];
  return JSON.stringify(stands) === JSON.stringify(asked);
}

function checkStart(
  group: RefreshableGroup,
  desired: DesiredShape,
  { checkpoints, checkpointDelay, maxHealthyPercent, alarms: names }: RefreshPreferences,
  alarms: Pick<MemoryGuardAlarms, 'stateOf'>,
): void {
  if (group.instanceRequirements)
    throw new PortError('invalid', 'a group with instance requirements takes no desired configuration');
  if (desired.types.length === 0) throw new PortError('invalid', 'a desired configuration names a type');
  const ascending = checkpoints.every((each, i) => each >= 1 && each > (checkpoints[i - 1] ?? 0));
  if (!ascending || checkpoints.at(-1) !== 100)
    throw new PortError('invalid', 'checkpoints rise from 1 at the least to 100');
  if (checkpointDelay < 0 || checkpointDelay > 2880)
    throw new PortError('invalid', 'a checkpoint lasts up to 48 hours');
  if (maxHealthyPercent < 100 || maxHealthyPercent > 200)
    throw new PortError('invalid', 'the largest healthy share is 100 to 200 %');
  if (names.length > 10) throw new PortError('invalid', 'a refresh takes up to 10 alarms');
  const bad = names.find((name) => alarms.stateOf(name) !== 'ok');
  if (bad !== undefined) throw new PortError('invalid', `alarm ${bad} is ${alarms.stateOf(bad)}, not OK`);
}
