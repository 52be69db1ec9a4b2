import { describe, expect } from 'vitest';
import type { GroupRef, Refreshes, RefreshPreferences } from '../ports/index.ts';
import { type GroupHarness, type KnownGaps, runCases } from './harness.ts';

export interface RefreshesHarness extends GroupHarness {
  readonly port: Refreshes;
  /** A group whose launch template version is `$Latest`. */
  makeLatestGroup(): Promise<GroupRef>;
  /** An alarm that is not OK. */
  badAlarm(): Promise<string>;
}

const TITLES = {
  none: 'has no refresh where none was started',
  start: 'starts one with the desired types and tells it',
  twice:
    'gives the refresh in progress where the same one is asked for again: the answer to the first call may have been lost',
  one: 'refuses another one while one is in progress',
  'after-back': 'refuses the same one again while it is being rolled back',
  alarm: 'refuses to start while an alarm is not OK',
  checkpoints: 'refuses checkpoints that do not rise to 100',
  missing: 'rejects with not-found where the group does not exist',
  'roll-back': 'rolls back what is in progress, and nothing else',
  latest: 'does not roll back a group whose template version is no number',
  cancel: 'stops where it is when cancelled, and another one may start',
} as const;
export type RefreshesCase = keyof typeof TITLES;

const CONTEXT = { decisionId: 'contract' };
const DESIRED = { types: ['m7i.large', 'm6i.large'] };
const PREFERENCES: RefreshPreferences = {
  maxHealthyPercent: 110,
  checkpoints: [25, 100],
  checkpointDelay: 60,
  bake: 10,
  alarms: [],
};

/** Every promise of the Refreshes port. */
export function refreshesContract(
  name: string,
  makeHarness: () => Promise<RefreshesHarness>,
  gaps: KnownGaps<RefreshesCase> = {},
): void {
  describe(`refreshes: ${name}`, () => {
    runCases({ titles: TITLES, cases: CASES, makeHarness, gaps });
  });
}

const begin = (h: RefreshesHarness, ref: GroupRef, changes: Partial<RefreshPreferences> = {}) =>
  h.port.start(ref, DESIRED, { ...PREFERENCES, ...changes }, CONTEXT);

const CASES: Record<RefreshesCase, (h: RefreshesHarness) => Promise<void>> = {
  none: async (h) => {
    const ref = await h.makeGroup();
    expect(await h.port.latest(ref)).toBeUndefined();
    await expect(h.port.rollBack(ref, CONTEXT)).rejects.toMatchObject({ code: 'not-found' });
  },
  start: async (h) => {
    const ref = await h.makeGroup();
    const id = await begin(h, ref);
    const latest = await h.port.latest(ref);
    expect(latest).toMatchObject({ id, types: DESIRED.types, startedAt: h.now() });
    expect(['pending', 'in-progress']).toContain(latest?.status);
  },
  twice: async (h) => {
    const ref = await h.makeGroup();
    const id = await begin(h, ref);
    expect(await begin(h, ref)).toBe(id);
    expect((await h.port.latest(ref))?.id).toBe(id);
  },
  one: async (h) => {
    const ref = await h.makeGroup();
    const id = await begin(h, ref);
    const others = [
      h.port.start(ref, { types: ['m7g.large'] }, PREFERENCES, CONTEXT),
      h.port.start(ref, { types: DESIRED.types.toReversed() }, PREFERENCES, CONTEXT),
      begin(h, ref, { checkpoints: [50, 100] }),
      begin(h, ref, { checkpointDelay: 90 }),
    ];
    for (const other of others) await expect(other).rejects.toMatchObject({ code: 'conflict' });
    expect((await h.port.latest(ref))?.id).toBe(id);
  },
  'after-back': async (h) => {
    const ref = await h.makeGroup();
    await begin(h, ref);
    await h.port.rollBack(ref, CONTEXT);
    await expect(begin(h, ref)).rejects.toMatchObject({ code: 'conflict' });
  },
  alarm: async (h) => {
    const ref = await h.makeGroup();
    const alarms = [await h.badAlarm()];
    await expect(begin(h, ref, { alarms })).rejects.toMatchObject({ code: 'invalid' });
  },
  checkpoints: async (h) => {
    const ref = await h.makeGroup();
    for (const checkpoints of [[50], [50, 20, 100], [0, 100]]) {
      await expect(begin(h, ref, { checkpoints })).rejects.toMatchObject({ code: 'invalid' });
    }
  },
  missing: async (h) => {
    await expect(begin(h, h.missingGroup())).rejects.toMatchObject({ code: 'not-found' });
  },
  'roll-back': async (h) => {
    const ref = await h.makeGroup();
    await begin(h, ref);
    await h.port.rollBack(ref, CONTEXT);
    expect((await h.port.latest(ref))?.status).toBe('rolling-back');
  },
  latest: async (h) => {
    const ref = await h.makeLatestGroup();
    await begin(h, ref);
    await expect(h.port.rollBack(ref, CONTEXT)).rejects.toMatchObject({ code: 'invalid' });
  },
  cancel: async (h) => {
    const ref = await h.makeGroup();
    await begin(h, ref);
    await h.port.cancel(ref, CONTEXT);
    await expect(h.port.rollBack(ref, CONTEXT)).rejects.toMatchObject({ code: 'not-found' });
    await begin(h, ref);
  },
};
