import { describe, expect } from 'vitest';
import type { GroupRef, Groups } from '../ports/index.ts';
import { type GroupHarness, type KnownGaps, runCases } from './harness.ts';

export interface GroupsHarness extends GroupHarness {
  readonly port: Groups;
  /** Makes a group like `makeGroup`, without any tag of ours. */
  makeUntaggedGroup(): Promise<GroupRef>;
  deleteGroup(ref: GroupRef): Promise<void>;
}

const TITLES = {
  read: 'reads sizes, tags and reference of a group',
  'read-missing': 'reads undefined where the group does not exist',
  'read-deleted': 'reads undefined once the group was deleted, and lists it no more',
  list: 'lists every group with the workload tag and no other',
  'list-order': 'lists in the same order each time',
} as const;
export type GroupsCase = keyof typeof TITLES;

/** Every promise of the Groups port. */
export function groupsContract(
  name: string,
  makeHarness: () => Promise<GroupsHarness>,
  gaps: KnownGaps<GroupsCase> = {},
): void {
  describe(`groups: ${name}`, () => {
    runCases({ titles: TITLES, cases: CASES, makeHarness, gaps });
  });
}

const CASES: Record<GroupsCase, (h: GroupsHarness) => Promise<void>> = {
  read: async (h) => {
    const ref = await h.makeGroup();
    const group = await h.port.read(ref);
    expect(group).toMatchObject({ ref, size: { min: 2, max: 20 }, desired: 4 });
    expect(group?.tags).toMatchObject({ 'evenkeel:workload': 'shop' });
    expect(Math.abs((group?.readAt ?? 0) - h.now())).toBeLessThanOrEqual(1);
  },
  'read-missing': async (h) => {
    expect(await h.port.read(h.missingGroup())).toBeUndefined();
  },
  'read-deleted': async (h) => {
    const ref = await h.makeGroup();
    await h.deleteGroup(ref);
    expect(await h.port.read(ref)).toBeUndefined();
    expect(await names(h)).not.toContain(ref.name);
  },
  list: async (h) => {
    const [one, two] = [await h.makeGroup(), await h.makeGroup()];
    const untagged = await h.makeUntaggedGroup();
    const listed = await names(h);
    expect(listed).toEqual(expect.arrayContaining([one.name, two.name]));
    expect(listed).not.toContain(untagged.name);
  },
  'list-order': async (h) => {
    for (let i = 0; i < 3; i++) await h.makeGroup();
    expect(await names(h)).toEqual(await names(h));
  },
};

async function names(h: GroupsHarness): Promise<string[]> {
  return (await h.port.list()).map((group) => group.ref.name);
}
