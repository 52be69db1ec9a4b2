import type { Minute } from '@evenkeel/core/quantities';
import { describe, expect } from 'vitest';
import type { GroupRecord, GroupRecords, GroupRef } from '../ports/index.ts';
import { type Harness, type KnownGaps, runCases } from './harness.ts';

export interface GroupRecordsHarness extends Harness {
  readonly port: GroupRecords;
}

const TITLES = {
  none: 'knows nothing of a group that was never adopted',
  'round-trip': 'gives a record back as it was saved',
  replace: 'keeps only the latest record of a group',
  apart: 'keeps groups of the same name in other regions and accounts apart',
  remove: 'forgets a removed record, and removing one that is not there is no error',
} as const;
export type GroupRecordsCase = keyof typeof TITLES;

const REF: GroupRef = { account: '111122223333', region: 'eu-west-1', name: 'web' };

/** Every promise of the GroupRecords port. */
export function groupRecordsContract(
  name: string,
  makeHarness: () => Promise<GroupRecordsHarness>,
  gaps: KnownGaps<GroupRecordsCase> = {},
): void {
  describe(`group records: ${name}`, () => {
    runCases({ titles: TITLES, cases: CASES, makeHarness, gaps });
  });
}

const CASES: Record<GroupRecordsCase, (h: GroupRecordsHarness) => Promise<void>> = {
  none: async (h) => {
    expect(await h.port.load(REF)).toBeUndefined();
  },
  'round-trip': async (h) => {
    await h.port.save(REF, record(h, 3));
    expect(await h.port.load(REF)).toEqual(record(h, 3));
  },
  replace: async (h) => {
    await h.port.save(REF, record(h, 3));
    await h.port.save(REF, record(h, 5));
    expect(await h.port.load(REF)).toEqual(record(h, 5));
  },
  apart: async (h) => {
    await h.port.save(REF, record(h, 3));
    expect(await h.port.load({ ...REF, region: 'us-east-1' })).toBeUndefined();
    expect(await h.port.load({ ...REF, account: '444455556666' })).toBeUndefined();
  },
  remove: async (h) => {
    await h.port.save(REF, record(h, 3));
    await h.port.remove(REF);
    await h.port.remove(REF);
    expect(await h.port.load(REF)).toBeUndefined();
  },
};

function record(h: GroupRecordsHarness, minSize: number): GroupRecord {
  const at = (h.now() - 10) as Minute;
  return {
    home: {
      minSize,
      policy: {
        kind: 'target-tracking',
        name: 'cpu',
        enabled: true,
        metric: 'cpu',
        target: 50,
        configuration: { TargetValue: 50 },
      },
    },
    adoptedAt: at,
    written: [{ name: 'evenkeel-home', start: (at + 1700) as Minute, minSize }],
    writtenAt: at,
  };
}
