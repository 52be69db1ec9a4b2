import type { Minute } from '@evenkeel/core/quantities';
import { describe, expect } from 'vitest';
import type { GroupRef, Targets, TargetTrackingPolicy } from '../ports/index.ts';
import { type GroupHarness, type KnownGaps, runCases } from './harness.ts';

export interface TargetsHarness extends GroupHarness {
  readonly port: Targets;
  /** Makes a group with one CPU target-tracking policy of 50 % and gives both. */
  makeTrackedGroup(): Promise<{ readonly ref: GroupRef; readonly policy: TargetTrackingPolicy }>;
  /** The policy as it stands now. */
  readPolicy(ref: GroupRef): Promise<TargetTrackingPolicy | undefined>;
  /** Lets time pass up to `at` with nothing of Evenkeel running. */
  passTime?(at: Minute): Promise<void>;
}

const TITLES = {
  put: 'changes only the target of the policy',
  'put-missing': 'rejects with not-found where the group does not exist',
  'no-lease': 'has no lease before one is made',
  renew: 'keeps the lease as it was made, and replaces it when renewed',
  end: 'ends a lease, and ending one that is not there is no error',
  past: 'rejects a lease that would be due in the past',
  due: "gives the owner's policy back when the lease is due, with nothing of Evenkeel running",
} as const;
export type TargetsCase = keyof typeof TITLES;

const CONTEXT = { decisionId: 'contract' };

/** Every promise of the Targets port. */
export function targetsContract(
  name: string,
  makeHarness: () => Promise<TargetsHarness>,
  gaps: KnownGaps<TargetsCase> = {},
): void {
  describe(`targets: ${name}`, () => {
    runCases({ titles: TITLES, cases: CASES, makeHarness, gaps });
  });
}

const CASES: Record<TargetsCase, (h: TargetsHarness) => Promise<void>> = {
  put: async (h) => {
    const { ref, policy } = await h.makeTrackedGroup();
    await h.port.put(ref, policy, 60, CONTEXT);
    const after = await h.readPolicy(ref);
    expect(after).toMatchObject({ name: policy.name, metric: 'cpu', enabled: policy.enabled, target: 60 });
  },
  'put-missing': async (h) => {
    const { policy } = await h.makeTrackedGroup();
    await expect(h.port.put(h.missingGroup(), policy, 60, CONTEXT)).rejects.toMatchObject({
      code: 'not-found',
    });
  },
  'no-lease': async (h) => {
    const { ref } = await h.makeTrackedGroup();
    expect(await h.port.lease(ref)).toBeUndefined();
  },
  renew: async (h) => {
    const { ref, policy } = await h.makeTrackedGroup();
    for (const hours of [30, 54]) {
      const lease = { due: (h.now() + hours * 60) as Minute, owner: policy };
      await h.port.renewLease(ref, lease, CONTEXT);
      expect(await h.port.lease(ref)).toMatchObject({
        due: lease.due,
        owner: { name: policy.name, target: 50 },
      });
    }
  },
  end: async (h) => {
    const { ref, policy } = await h.makeTrackedGroup();
    await h.port.renewLease(ref, { due: (h.now() + 1800) as Minute, owner: policy }, CONTEXT);
    await h.port.endLease(ref, CONTEXT);
    await h.port.endLease(ref, CONTEXT);
    expect(await h.port.lease(ref)).toBeUndefined();
  },
  past: async (h) => {
    const { ref, policy } = await h.makeTrackedGroup();
    const past = { due: (h.now() - 10) as Minute, owner: policy };
    await expect(h.port.renewLease(ref, past, CONTEXT)).rejects.toMatchObject({ code: 'invalid' });
  },
  due: async (h) => {
    if (!h.passTime) return;
    const { ref, policy } = await h.makeTrackedGroup();
    const due = (h.now() + 1800) as Minute;
    await h.port.renewLease(ref, { due, owner: policy }, CONTEXT);
    await h.port.put(ref, policy, 65, CONTEXT);
    await h.passTime((due - 1) as Minute);
    expect((await h.readPolicy(ref))?.target).toBe(65);
    await h.passTime(due);
    expect((await h.readPolicy(ref))?.target).toBe(50);
    expect(await h.port.lease(ref)).toBeUndefined();
  },
};
