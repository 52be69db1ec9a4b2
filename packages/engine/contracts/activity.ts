import type { Minute } from '@evenkeel/core/quantities';
import { describe, expect } from 'vitest';
import type { Activity, Change, Deployment, GroupRef } from '../ports/index.ts';
import { type GroupHarness, type KnownGaps, runCases } from './harness.ts';

export interface ActivityHarness extends GroupHarness {
  readonly port: Activity;
  /** Somebody changes the group, as the trail tells it. */
  change(ref: GroupRef, change: Change): Promise<void>;
  /** A deployment begins on the group, or ends. */
  deploy(ref: GroupRef, deployment: Deployment | undefined): Promise<void>;
  /** Switches the account's trail off. */
  loseTrail(): Promise<void>;
}

const TITLES = {
  none: 'gives no changes of a group nobody touched',
  changes: 'gives the changes of a group from a minute on, oldest first',
  apart: "gives no other group's changes",
  'no-trail': 'gives undefined, not an empty list, where there is no trail',
  deployment: 'gives a deployment while it is under way',
} as const;
export type ActivityCase = keyof typeof TITLES;

/** Every promise of the Activity port. */
export function activityContract(
  name: string,
  makeHarness: () => Promise<ActivityHarness>,
  gaps: KnownGaps<ActivityCase> = {},
): void {
  describe(`activity: ${name}`, () => {
    runCases({ titles: TITLES, cases: CASES, makeHarness, gaps });
  });
}

const CASES: Record<ActivityCase, (h: ActivityHarness) => Promise<void>> = {
  none: async (h) => {
    expect(await h.port.changes(await h.makeGroup(), (h.now() - 60) as Minute)).toEqual([]);
  },
  changes: async (h) => {
    const ref = await h.makeGroup();
    for (const minutes of [-10, -30, -20]) await h.change(ref, change(h, minutes));
    const changes = await h.port.changes(ref, (h.now() - 20) as Minute);
    expect(changes).toEqual([change(h, -20), change(h, -10)]);
  },
  apart: async (h) => {
    const [one, two] = [await h.makeGroup(), await h.makeGroup()];
    await h.change(one, change(h, -5));
    expect(await h.port.changes(two, (h.now() - 60) as Minute)).toEqual([]);
  },
  'no-trail': async (h) => {
    const ref = await h.makeGroup();
    await h.loseTrail();
    expect(await h.port.changes(ref, (h.now() - 60) as Minute)).toBeUndefined();
  },
  deployment: async (h) => {
    const ref = await h.makeGroup();
    expect(await h.port.deployment(ref)).toBeUndefined();
    const stack: Deployment = { kind: 'stack', name: 'shop', status: 'UPDATE_IN_PROGRESS' };
    await h.deploy(ref, stack);
    expect(await h.port.deployment(ref)).toEqual(stack);
    await h.deploy(ref, undefined);
    expect(await h.port.deployment(ref)).toBeUndefined();
  },
};

function change(h: ActivityHarness, minutes: number): Change {
  const at = (h.now() + minutes) as Minute;
  return { id: `e${minutes}`, at, by: 'person', who: 'alice', field: 'size', size: { min: 6 } };
}
