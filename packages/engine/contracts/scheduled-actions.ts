import type { ScheduledAction } from '@evenkeel/core/plan';
import type { Minute } from '@evenkeel/core/quantities';
import { describe, expect } from 'vitest';
import { type GroupRef, MAX_ACTIONS_PER_GROUP, MAX_BATCH, type ScheduledActions } from '../ports/index.ts';
import { type GroupHarness, type KnownGaps, runCases } from './harness.ts';

export interface ScheduledActionsHarness extends GroupHarness {
  readonly port: ScheduledActions;
  /** Makes the next put or remove fail for the item of this name only. */
  failItem?(name: string): void;
}

const TITLES = {
  'round-trip': 'gives back what was put, in order of start',
  replace: 'replaces an action by its name',
  remove: 'removes by name and leaves the others',
  'remove-missing': 'reports removing a name that is not there as a failure of that item',
  'past-start': 'refuses a start time that is not in the future, and takes the rest of the batch',
  'duplicate-start': 'refuses a start time another action of the group has',
  'duplicate-in-batch': 'refuses the second of two actions of one batch with the same start time',
  'same-start-other-group': 'allows the same name and start time in another group',
  'min-above-max': 'refuses MinSize above MaxSize in one action',
  'no-size': 'refuses an action that sets no size',
  'too-many': 'refuses the 126th action of a group, and still lets the 125 be replaced',
  'long-batch': 'rejects a batch of more than 50 as a whole, with a RangeError',
  'missing-group': 'rejects with not-found where the group does not exist',
  'one-item-fails': 'one failed item of a batch leaves the others standing',
  recurring: "keeps an owner's recurring action with its cron and time zone",
} as const;
export type ScheduledActionsCase = keyof typeof TITLES;

const CONTEXT = { decisionId: 'contract' };

/** Every promise of the ScheduledActions port. */
export function scheduledActionsContract(
  name: string,
  makeHarness: () => Promise<ScheduledActionsHarness>,
  gaps: KnownGaps<ScheduledActionsCase> = {},
): void {
  describe(`scheduled actions: ${name}`, () => {
    runCases({ titles: TITLES, cases: { ...READING, ...REFUSALS, ...FAILURES }, makeHarness, gaps });
  });
}

type Cases = Record<string, (h: ScheduledActionsHarness) => Promise<void>>;

const READING = {
  'round-trip': async (h) => {
    const ref = await h.makeGroup();
    expect(await put(h, ref, [step(h, 30, 5), step(h, 10, 3)])).toEqual([]);
    expect(await h.port.list(ref)).toEqual([step(h, 10, 3), step(h, 30, 5)]);
  },
  replace: async (h) => {
    const ref = await h.makeGroup();
    await put(h, ref, [step(h, 10, 3)]);
    expect(await put(h, ref, [{ ...step(h, 10, 7), start: later(h, 12) }])).toEqual([]);
    expect(await h.port.list(ref)).toEqual([{ ...step(h, 10, 7), start: later(h, 12) }]);
  },
  remove: async (h) => {
    const ref = await h.makeGroup();
    await put(h, ref, [step(h, 10, 3), step(h, 20, 4)]);
    expect(await h.port.remove(ref, [step(h, 10, 3).name], CONTEXT)).toEqual([]);
    expect(await names(h, ref)).toEqual([step(h, 20, 4).name]);
  },
  'same-start-other-group': async (h) => {
    const [one, two] = [await h.makeGroup(), await h.makeGroup()];
    expect(await put(h, one, [step(h, 10, 3)])).toEqual([]);
    expect(await put(h, two, [step(h, 10, 9)])).toEqual([]);
    expect((await h.port.list(one))[0]?.minSize).toBe(3);
    expect((await h.port.list(two))[0]?.minSize).toBe(9);
  },
  recurring: async (h) => {
    const ref = await h.makeGroup();
    const action = { ...step(h, 60, 4), recurrence: '0 8 * * *', timeZone: 'Europe/Berlin' };
    expect(await put(h, ref, [action])).toEqual([]);
    expect(await h.port.list(ref)).toMatchObject([
      { name: action.name, recurrence: '0 8 * * *', timeZone: 'Europe/Berlin' },
    ]);
  },
} satisfies Cases;

const REFUSALS = {
  'past-start': async (h) => {
    const ref = await h.makeGroup();
    const past = { ...step(h, 1, 3), name: 'evenkeel-past', start: later(h, -1) };
    expect(refused(await put(h, ref, [past, step(h, 10, 3)]))).toEqual(['evenkeel-past']);
    expect(await names(h, ref)).toEqual([step(h, 10, 3).name]);
  },
  'duplicate-start': async (h) => {
    const ref = await h.makeGroup();
    await put(h, ref, [step(h, 10, 3)]);
    expect(refused(await put(h, ref, [{ ...step(h, 10, 3), name: 'other' }]))).toEqual(['other']);
    expect(await names(h, ref)).toEqual([step(h, 10, 3).name]);
  },
  'duplicate-in-batch': async (h) => {
    const ref = await h.makeGroup();
    expect(refused(await put(h, ref, [step(h, 10, 3), { ...step(h, 10, 4), name: 'second' }]))).toEqual([
      'second',
    ]);
  },
  'min-above-max': async (h) => {
    const ref = await h.makeGroup();
    const wrong = { ...step(h, 10, 9), maxSize: 8 };
    expect(refused(await put(h, ref, [wrong, step(h, 20, 3)]))).toEqual([wrong.name]);
    expect(await names(h, ref)).toEqual([step(h, 20, 3).name]);
  },
  'no-size': async (h) => {
    const ref = await h.makeGroup();
    expect(refused(await put(h, ref, [{ name: 'empty', start: later(h, 10) }]))).toEqual(['empty']);
  },
  'too-many': async (h) => {
    const ref = await h.makeGroup();
    const all = Array.from({ length: MAX_ACTIONS_PER_GROUP }, (_, i) => step(h, 10 + i, 3));
    for (let i = 0; i < all.length; i += MAX_BATCH) {
      expect(await put(h, ref, all.slice(i, i + MAX_BATCH))).toEqual([]);
    }
    expect(refused(await put(h, ref, [step(h, 300, 3)]))).toEqual([step(h, 300, 3).name]);
    expect(await put(h, ref, [step(h, 10, 6)])).toEqual([]);
    expect(await h.port.list(ref)).toHaveLength(MAX_ACTIONS_PER_GROUP);
  },
  'long-batch': async (h) => {
    const ref = await h.makeGroup();
    const long = Array.from({ length: MAX_BATCH + 1 }, (_, i) => step(h, 10 + i, 3));
    await expect(put(h, ref, long)).rejects.toThrow(RangeError);
    const longNames = long.map((action) => action.name);
    await expect(h.port.remove(ref, longNames, CONTEXT)).rejects.toThrow(RangeError);
    expect(await h.port.list(ref)).toEqual([]);
  },
} satisfies Cases;

const FAILURES = {
  'remove-missing': async (h) => {
    const ref = await h.makeGroup();
    await put(h, ref, [step(h, 10, 3)]);
    expect(refused(await h.port.remove(ref, ['evenkeel-none', step(h, 10, 3).name], CONTEXT))).toEqual([
      'evenkeel-none',
    ]);
    expect(await h.port.list(ref)).toEqual([]);
  },
  'missing-group': async (h) => {
    const missing = h.missingGroup();
    await expect(h.port.list(missing)).rejects.toMatchObject({ code: 'not-found' });
    await expect(put(h, missing, [step(h, 10, 3)])).rejects.toMatchObject({ code: 'not-found' });
    await expect(h.port.remove(missing, ['x'], CONTEXT)).rejects.toMatchObject({ code: 'not-found' });
  },
  'one-item-fails': async (h) => {
    const ref = await h.makeGroup();
    if (!h.failItem) return;
    h.failItem(step(h, 20, 4).name);
    const failures = await put(h, ref, [step(h, 10, 3), step(h, 20, 4), step(h, 30, 5)]);
    expect(refused(failures)).toEqual([step(h, 20, 4).name]);
    expect(failures[0]?.message).not.toBe('');
    expect(await names(h, ref)).toEqual([step(h, 10, 3).name, step(h, 30, 5).name]);
  },
} satisfies Cases;

function later(h: ScheduledActionsHarness, minutes: number): Minute {
  return (h.now() + minutes) as Minute;
}

function step(h: ScheduledActionsHarness, minutes: number, minSize: number): ScheduledAction {
  return { name: `evenkeel-${minutes}`, start: later(h, minutes), minSize };
}

function put(h: ScheduledActionsHarness, ref: GroupRef, actions: readonly ScheduledAction[]) {
  return h.port.put(ref, actions, CONTEXT);
}

async function names(h: ScheduledActionsHarness, ref: GroupRef): Promise<string[]> {
  return (await h.port.list(ref)).map((action) => action.name);
}

function refused(failures: readonly { readonly name: string }[]): string[] {
  return failures.map((failure) => failure.name);
}
