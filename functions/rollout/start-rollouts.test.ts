import type { LedgerEntry } from '@evenkeel/core/explain';
import { type Instant, type Minute, startOf } from '@evenkeel/core/quantities';
import { createMemoryPorts, plainGroup, plainProposal } from '@evenkeel/engine/memory';
import type { RolloutStarter } from '@evenkeel/engine/ports';
import { describe, expect, it } from 'vitest';
import type { Invocation } from '../frame.ts';
import { reviewAndStart } from './start-rollouts.ts';

const NOW = 29_000_000 as Minute;
const GROUP = plainGroup('web', { tags: { 'evenkeel:workload': 'shop' } });
const { account, region } = GROUP.ref;
const ENTRY: LedgerEntry = {
  id: 'review/web/shape-proposed',
  at: NOW,
  workload: 'shop',
  group: 'web',
  place: { account, region },
  decision: plainProposal({ asks: false }),
  outcome: { kind: 'applied' },
  excuses: [],
};

/** A night on memory ports; `starts`: how each start goes. */
function night(starts: readonly boolean[]) {
  const ports = createMemoryPorts({ now: () => NOW });
  ports.groups.set(GROUP);
  const errors: string[] = [];
  const counts: number[] = [];
  const started: string[] = [];
  let calls = 0;
  const starter: RolloutStarter = {
    async start({ id }) {
      if (starts[calls++] === false) throw new Error('Rate exceeded');
      started.push(id);
      return 'started';
    },
  };
  const invocation = {
    now: startOf(NOW) as Instant,
    remaining: () => 60_000,
    count: (_: string, by = 1) => counts.push(by),
    log: { info: () => {}, warn: () => {}, error: (message: string) => errors.push(message) },
  } as unknown as Invocation;
  const review = async () => {
    await ports.ledger.append([ENTRY]);
    return { entries: [ENTRY], failures: [] };
  };
  return {
    errors,
    started,
    counted: () => counts.reduce((sum, each) => sum + each, 0),
    review: () => reviewAndStart({ ports, starter, invocation, review }),
    reviewWithoutRollouts: () => reviewAndStart({ ports, starter: undefined, invocation, review }),
    quietNight: () =>
      reviewAndStart({ ports, starter, invocation, review: async () => ({ entries: [], failures: [] }) }),
  };
}

describe('a night that proposes', () => {
  it('starts the rollout, and counts it', async () => {
    const { review, started, counted } = night([true]);
    await review();
    expect([started, counted()]).toEqual([[ENTRY.id], 1]);
  });

  it('S28: a start that fails is told, the review stands, and the next night makes up for it', async () => {
    const { review, quietNight, started, errors } = night([false, true]);
    expect((await review()).entries).toEqual([ENTRY]);
    expect(errors.join()).toMatch(/review\/web\/shape-proposed could not be started: Rate exceeded/);
    expect(started).toEqual([]);
    await quietNight();
    expect(started).toEqual([ENTRY.id]);
  });

  it('where rollouts are not switched on it is a review and nothing else', async () => {
    const { started, counted, reviewWithoutRollouts } = night([true]);
    expect((await reviewWithoutRollouts()).entries).toEqual([ENTRY]);
    expect([started, counted()]).toEqual([[], 0]);
  });
});
