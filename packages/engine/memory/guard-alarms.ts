import type { Minute } from '@evenkeel/core/quantities';
import type { Guard } from '@evenkeel/core/rollout';
import {
  type AlarmState,
  type GroupRef,
  GUARD_PREFIX,
  type GuardAlarms,
  groupKey,
  PortError,
} from '../ports/index.ts';
import { type FaultSwitch, failCall } from './faults.ts';

/** The port, and the hands of tests and simulated regions on it. */
export interface MemoryGuardAlarms extends GuardAlarms {
  /** Makes or changes an alarm of the owner's, or holds one of Evenkeel's in a state. */
  set(name: string, state: AlarmState): void;
  /** A sign of life: without one for as long as its threshold says, a dead-man alarm goes off. */
  beat(at: Minute): void;
  /** Names of the alarms of Evenkeel's that stand. */
  standing(): readonly string[];
  /** The state of an alarm as the provider sees it. */
  stateOf(name: string): AlarmState;
}

/** Alarms in memory; `evaluate` says how a guard of a group is doing, where something else knows it. */
export function createMemoryGuardAlarms(options: {
  readonly now: () => Minute;
  readonly faults?: FaultSwitch;
  readonly evaluate?: (ref: GroupRef, guard: Guard, at: Minute) => AlarmState;
}): MemoryGuardAlarms {
  const faults = options.faults ?? { faults: {} };
  const made = new Map<string, { readonly ref: GroupRef; readonly guard: Guard }>();
  const forced = new Map<string, AlarmState>();
  let lastBeat: number = Number.NEGATIVE_INFINITY;
  const stateOf = (name: string): AlarmState => {
    const state = forced.get(name);
    if (state !== undefined) return state;
    const alarm = made.get(name);
    if (alarm === undefined) return 'missing';
    const { guard } = alarm;
    if (guard.kind === 'dead-man') return options.now() - lastBeat > guard.threshold ? 'alarm' : 'ok';
    return options.evaluate?.(alarm.ref, guard, options.now()) ?? 'ok';
  };
  return {
    async create(ref, guards) {
      failCall(faults, 'create-guards', ref);
      for (const guard of guards) if (guard.kind !== 'named') made.set(guard.name, { ref, guard });
    },
    async states(ref, names) {
      failCall(faults, 'read-guards', ref);
      return names.map(stateOf);
    },
    async remove(ref, names) {
      failCall(faults, 'remove-guards', ref);
      const foreign = names.find((name) => !name.startsWith(GUARD_PREFIX));
      if (foreign !== undefined)
        throw new PortError('invalid', `alarm ${foreign} of ${groupKey(ref)} is not Evenkeel's to remove`);
      for (const name of names) made.delete(name);
    },
    set: (name, state) => forced.set(name, state),
    beat(at) {
      lastBeat = Math.max(lastBeat, at);
    },
    standing: () => [...made.keys()],
    stateOf,
  };
}
