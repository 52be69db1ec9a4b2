import type { Profile } from '@evenkeel/core/forecast';
import { describe, expect } from 'vitest';
import type { Profiles } from '../ports/index.ts';
import { type Harness, type KnownGaps, runCases } from './harness.ts';

export interface ProfilesHarness extends Harness {
  readonly port: Profiles;
  /** A profile as a review makes it. */
  profile(): Profile;
}

const TITLES = {
  none: 'knows nothing of a series that was never reviewed',
  'round-trip': 'gives a profile back as it was saved',
  replace: 'keeps only the latest profile of a series',
  apart: 'keeps series apart',
} as const;
export type ProfilesCase = keyof typeof TITLES;

/** Every promise of the Profiles port. */
export function profilesContract(
  name: string,
  makeHarness: () => Promise<ProfilesHarness>,
  gaps: KnownGaps<ProfilesCase> = {},
): void {
  describe(`profiles: ${name}`, () => {
    runCases({ titles: TITLES, cases: CASES, makeHarness, gaps });
  });
}

const CASES: Record<ProfilesCase, (h: ProfilesHarness) => Promise<void>> = {
  none: async (h) => {
    expect(await h.port.load('shop')).toBeUndefined();
  },
  'round-trip': async (h) => {
    await h.port.save('shop', h.profile());
    expect(await h.port.load('shop')).toEqual(h.profile());
  },
  replace: async (h) => {
    const first = h.profile();
    await h.port.save('shop', first);
    const second = { ...first, learnedAt: h.now() };
    await h.port.save('shop', second);
    expect(await h.port.load('shop')).toEqual(second);
  },
  apart: async (h) => {
    await h.port.save('shop/web', h.profile());
    expect(await h.port.load('shop')).toBeUndefined();
    expect(await h.port.load('shop/api')).toBeUndefined();
  },
};
