import type { Minute } from '@evenkeel/core/quantities';
import { describe, expect } from 'vitest';
import type { SettingsStore } from '../ports/index.ts';
import { type Harness, type KnownGaps, runCases } from './harness.ts';

export interface SettingsHarness extends Harness {
  readonly port: SettingsStore;
}

const TITLES = {
  none: 'gives no mode and no expected events where nothing was ever set',
  'round-trip': 'gives settings back as they were saved',
  replace: 'keeps only the latest settings of a workload',
  apart: 'keeps workloads apart',
} as const;
export type SettingsCase = keyof typeof TITLES;

/** Every promise of the SettingsStore port. */
export function settingsContract(
  name: string,
  makeHarness: () => Promise<SettingsHarness>,
  gaps: KnownGaps<SettingsCase> = {},
): void {
  describe(`settings: ${name}`, () => {
    runCases({ titles: TITLES, cases: CASES, makeHarness, gaps });
  });
}

const CASES: Record<SettingsCase, (h: SettingsHarness) => Promise<void>> = {
  none: async (h) => {
    expect(await h.port.load('shop')).toEqual({ expected: [] });
  },
  'round-trip': async (h) => {
    const from = h.now();
    const sale = { name: 'sale', from, until: (from + 60) as Minute, factor: 3 };
    await h.port.save('shop', { mode: 'auto', expected: [sale] });
    expect(await h.port.load('shop')).toEqual({ mode: 'auto', expected: [sale] });
  },
  replace: async (h) => {
    await h.port.save('shop', { mode: 'auto', expected: [] });
    await h.port.save('shop', { expected: [] });
    expect(await h.port.load('shop')).toEqual({ expected: [] });
  },
  apart: async (h) => {
    await h.port.save('shop', { mode: 'off', expected: [] });
    expect(await h.port.load('shop-2')).toEqual({ expected: [] });
  },
};
