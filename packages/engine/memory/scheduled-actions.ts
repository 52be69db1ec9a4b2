import { nextRun, type ScheduledAction } from '@evenkeel/core/plan';
import type { Minute } from '@evenkeel/core/quantities';
import {
  type GroupRef,
  groupKey,
  type ItemFailure,
  MAX_ACTIONS_PER_GROUP,
  MAX_BATCH,
  PortError,
  type ScheduledActions,
} from '../ports/index.ts';
import { type FaultSwitch, failCall } from './faults.ts';

export interface MemoryScheduledActionsOptions {
  readonly now: () => Minute;
  /** Whether the group exists; without it every group does. */
  readonly exists?: (ref: GroupRef) => boolean;
  readonly faults?: FaultSwitch;
}

/** A scheduled action whose minute has come. */
export interface DueAction {
  readonly ref: GroupRef;
  readonly action: ScheduledAction;
}

/** The port and what the region that executes the actions needs. */
export interface MemoryScheduledActions extends ScheduledActions {
  /**
   * Takes out the actions whose start is not after `at`, in order of start; a recurring one stays with its next start.
   * The caller is the one who applies them: the store changes no sizes.
   */
  takeDue(at: Minute): readonly DueAction[];
  /** Forgets a deleted group's actions. */
  forget(ref: GroupRef): void;
}

interface GroupActions {
  readonly ref: GroupRef;
  readonly byName: Map<string, ScheduledAction>;
}

/** Scheduled actions in memory; refuses what AWS refuses. */
export function createMemoryScheduledActions(options: MemoryScheduledActionsOptions): MemoryScheduledActions {
  const groups = new Map<string, GroupActions>();
  const faults = options.faults ?? { faults: {} };
  // The earliest start of all actions: most minutes nothing is due, and a region asks every minute.
  let earliest = Number.POSITIVE_INFINITY;

  const actionsOf = (ref: GroupRef): GroupActions => {
    if (options.exists && !options.exists(ref)) {
      throw new PortError('not-found', `there is no Auto Scaling group ${ref.name} in ${ref.region}`);
    }
    const key = groupKey(ref);
    const group = groups.get(key) ?? { ref, byName: new Map() };
    groups.set(key, group);
    return group;
  };

  return {
    async list(ref) {
      failCall(faults, 'list', ref);
      return [...actionsOf(ref).byName.values()].sort((a, b) => a.start - b.start);
    },

    async put(ref, actions) {
      failCall(faults, 'put', ref);
      refuseLongBatch(actions.length);
      const { byName } = actionsOf(ref);
      const failures: ItemFailure[] = [];
      for (const action of actions) {
        const refusal =
          faults.faults.item?.('put', ref, action.name) ?? refusalOf(action, byName, options.now());
        if (refusal) {
          failures.push({ name: action.name, ...refusal });
          continue;
        }
        byName.set(action.name, action);
        earliest = Math.min(earliest, action.start);
      }
      return failures;
    },

    async remove(ref, names) {
      failCall(faults, 'remove', ref);
      refuseLongBatch(names.length);
      const { byName } = actionsOf(ref);
      const failures: ItemFailure[] = [];
      for (const name of names) {
        const fault = faults.faults.item?.('remove', ref, name);
        if (fault) failures.push({ name, ...fault });
        else if (!byName.delete(name)) {
          failures.push({ name, code: 'ValidationError', message: `there is no scheduled action ${name}` });
        }
      }
      return failures;
    },

    takeDue(at) {
      if (at < earliest) return [];
      const due = [...groups.values()].flatMap((group) => takeDueOf(group, at));
      earliest = Math.min(...[...groups.values()].flatMap((g) => [...g.byName.values()].map((a) => a.start)));
      return due.sort((a, b) => a.action.start - b.action.start);
    },

    forget(ref) {
      groups.delete(groupKey(ref));
    },
  };
}

function refuseLongBatch(length: number): void {
  if (length > MAX_BATCH) throw new RangeError(`a batch holds at most ${MAX_BATCH} items, not ${length}`);
}

function refusalOf(
  action: ScheduledAction,
  byName: ReadonlyMap<string, ScheduledAction>,
  now: Minute,
): Omit<ItemFailure, 'name'> | undefined {
  const { name, start, minSize, maxSize, desired } = action;
  const invalid = (message: string) => ({ code: 'ValidationError', message });
  if (start <= now) return invalid(`${name}: the start time is in the past`);
  if (minSize === undefined && maxSize === undefined && desired === undefined) {
    return invalid(`${name}: one of MinSize, MaxSize and DesiredCapacity is needed`);
  }
  if (minSize !== undefined && maxSize !== undefined && minSize > maxSize) {
    return invalid(`${name}: MinSize ${minSize} is above MaxSize ${maxSize}`);
  }
  for (const other of byName.values()) {
    if (other.name !== name && other.start === start) {
      return { code: 'AlreadyExists', message: `${name}: ${other.name} has this start time already` };
    }
  }
  if (!byName.has(name) && byName.size >= MAX_ACTIONS_PER_GROUP) {
    return { code: 'LimitExceeded', message: `${name}: a group holds ${MAX_ACTIONS_PER_GROUP} actions` };
  }
  return undefined;
}

function takeDueOf({ ref, byName }: GroupActions, at: Minute): DueAction[] {
  const due = [...byName.values()].filter((action) => action.start <= at);
  for (const action of due) {
    const next = action.recurrence === undefined ? undefined : nextRun(action, at);
    if (next === undefined) byName.delete(action.name);
    else byName.set(action.name, { ...action, start: next });
  }
  return due.map((action) => ({ ref, action }));
}
