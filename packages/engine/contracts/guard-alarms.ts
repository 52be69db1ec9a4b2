import type { Guard } from '@evenkeel/core/rollout';
import { describe, expect } from 'vitest';
import { type AlarmState, type GroupRef, GUARD_PREFIX, type GuardAlarms } from '../ports/index.ts';
import { type GroupHarness, type KnownGaps, runCases } from './harness.ts';

export interface GuardAlarmsHarness extends GroupHarness {
  readonly port: GuardAlarms;
  /** Makes or changes an alarm of the owner's. */
  setOwners(name: string, state: Exclude<AlarmState, 'missing'>): Promise<void>;
}

const TITLES = {
  made: 'makes its own alarms, and says of one nobody made that it is missing',
  twice: 'makes one of each, however often it is asked',
  named: "tells the state of the owner's alarm and never makes one that is only named",
  order: 'tells states in the order asked for',
  remove: 'removes its own, and one that is not there is no error',
  foreign: "refuses to remove the owner's alarm, and then removes none",
  'missing-group': 'rejects with not-found where the group does not exist',
} as const;
export type GuardAlarmsCase = keyof typeof TITLES;

const CONTEXT = { decisionId: 'contract' };
const nameOf = (kind: string) => `${GUARD_PREFIX}contract-${kind}`;
const DEAD_MAN: Guard = { kind: 'dead-man', name: nameOf('dead-man'), threshold: 15, missing: 'breaching' };
const OWNERS: Guard = { kind: 'named', name: 'shop-errors' };

/** Every promise of the GuardAlarms port. */
export function guardAlarmsContract(
  name: string,
  makeHarness: () => Promise<GuardAlarmsHarness>,
  gaps: KnownGaps<GuardAlarmsCase> = {},
): void {
  describe(`guard alarms: ${name}`, () => {
    runCases({ titles: TITLES, cases: CASES, makeHarness, gaps });
  });
}

const stateOf = async (h: GuardAlarmsHarness, ref: GroupRef, name: string) =>
  (await h.port.states(ref, [name]))[0];

const CASES: Record<GuardAlarmsCase, (h: GuardAlarmsHarness) => Promise<void>> = {
  made: async (h) => {
    const ref = await h.makeGroup();
    expect(await stateOf(h, ref, DEAD_MAN.name)).toBe('missing');
    await h.port.create(ref, [DEAD_MAN], CONTEXT);
    expect(await stateOf(h, ref, DEAD_MAN.name)).not.toBe('missing');
    expect(await stateOf(h, ref, nameOf('latency'))).toBe('missing');
  },
  twice: async (h) => {
    const ref = await h.makeGroup();
    await h.port.create(ref, [DEAD_MAN], CONTEXT);
    await h.port.create(ref, [DEAD_MAN], CONTEXT);
    await h.port.remove(ref, [DEAD_MAN.name], CONTEXT);
    expect(await stateOf(h, ref, DEAD_MAN.name)).toBe('missing');
  },
  named: async (h) => {
    const ref = await h.makeGroup();
    await h.port.create(ref, [OWNERS], CONTEXT);
    expect(await stateOf(h, ref, OWNERS.name)).toBe('missing');
    await h.setOwners(OWNERS.name, 'ok');
    expect(await stateOf(h, ref, OWNERS.name)).toBe('ok');
    await h.setOwners(OWNERS.name, 'alarm');
    expect(await stateOf(h, ref, OWNERS.name)).toBe('alarm');
  },
  order: async (h) => {
    const ref = await h.makeGroup();
    await h.setOwners('b', 'alarm');
    await h.setOwners('a', 'ok');
    expect(await h.port.states(ref, ['b', 'nobody', 'a', 'b'])).toEqual(['alarm', 'missing', 'ok', 'alarm']);
  },
  remove: async (h) => {
    const ref = await h.makeGroup();
    await h.port.create(ref, [DEAD_MAN], CONTEXT);
    const names = [DEAD_MAN.name, nameOf('latency')];
    await h.port.remove(ref, names, CONTEXT);
    expect(await h.port.states(ref, names)).toEqual(['missing', 'missing']);
    await h.port.remove(ref, names, CONTEXT);
  },
  foreign: async (h) => {
    const ref = await h.makeGroup();
    await h.setOwners(OWNERS.name, 'ok');
    await h.port.create(ref, [DEAD_MAN], CONTEXT);
    await expect(h.port.remove(ref, [DEAD_MAN.name, OWNERS.name], CONTEXT)).rejects.toMatchObject({
      code: 'invalid',
    });
    expect(await stateOf(h, ref, OWNERS.name)).toBe('ok');
    expect(await stateOf(h, ref, DEAD_MAN.name)).not.toBe('missing');
  },
  'missing-group': async (h) => {
    await expect(h.port.create(h.missingGroup(), [DEAD_MAN], CONTEXT)).rejects.toMatchObject({
      code: 'not-found',
    });
  },
};
