import type { LedgerEntry } from '@evenkeel/core/explain';
import { type Minute, startOf } from '@evenkeel/core/quantities';
import { describe, expect, it } from 'vitest';
import { createMemoryPorts, plainGroup, plainProposal } from '../memory/index.ts';
import type { RolloutRequest, RolloutStarter } from '../ports/index.ts';
import { requestsOf } from './proposed.ts';
import { startMissed, startProposed } from './start-proposed.ts';

const NOW = 29_000_000 as Minute;
const GROUP = plainGroup('web', { tags: { 'evenkeel:workload': 'shop' } });
const { account, region } = GROUP.ref;

const PROPOSAL = plainProposal();

const proposed = (fields: Partial<LedgerEntry> = {}): LedgerEntry => ({
  id: 'review/web/shape-proposed',
  at: (NOW - 60) as Minute,
  workload: 'shop',
  group: 'web',
  place: { account, region },
  decision: PROPOSAL,
  outcome: { kind: 'told', because: 'asks' },
  excuses: [],
  ...fields,
});

/** A starter as durable executions are: a name that is known starts nothing. */
function starter(fails: ReadonlySet<string> = new Set()) {
  const requests: RolloutRequest[] = [];
  const port: RolloutStarter = {
    async start(request) {
      if (fails.has(request.id)) throw new Error('Rate exceeded');
      if (requests.some(({ id }) => id === request.id)) return 'already-started';
      requests.push(request);
      return 'started';
    },
  };
  return { port, requests };
}

describe('what of a review is to be carried out', () => {
  const { terms: _, ...withoutTerms } = PROPOSAL;
  it.each([
    ['asks for an answer', proposed(), 1],
    [
      'goes ahead by its mode',
      proposed({ decision: { ...PROPOSAL, asks: false }, outcome: { kind: 'applied' } }),
      1,
    ],
    [
      'was only told',
      proposed({
        decision: { ...PROPOSAL, asks: false },
        outcome: { kind: 'told', because: 'mode-does-not-allow' },
      }),
      0,
    ],
    ['has no figures to roll out with', proposed({ decision: withoutTerms }), 0],
    ['is no proposal', proposed({ decision: { kind: 'give-back', reason: 'paused' } }), 0],
  ] as const)('a proposal that %s', (_what, entry, count) => {
    expect(requestsOf([entry])).toHaveLength(count);
  });

  it('is asked for by the id of its entry, for the group in its place', () => {
    expect(requestsOf([proposed()])).toEqual([
      { id: 'review/web/shape-proposed', at: NOW - 60, workload: 'shop', ref: GROUP.ref, proposal: PROPOSAL },
    ]);
  });
});

describe('starting what was proposed', () => {
  it('S28: the same entries twice start one rollout', async () => {
    const { port, requests } = starter();
    const first = await startProposed([proposed()], port);
    const again = await startProposed([proposed()], port);
    expect([first.started, again.started]).toEqual([['review/web/shape-proposed'], []]);
    expect(requests).toHaveLength(1);
  });

  it('one that cannot be started never keeps another from starting', async () => {
    const { port, requests } = starter(new Set(['a']));
    const report = await startProposed([proposed({ id: 'a' }), proposed({ id: 'b' })], port);
    expect(report).toEqual({ started: ['b'], failures: [{ id: 'a', message: 'Rate exceeded' }] });
    expect(requests.map(({ id }) => id)).toEqual(['b']);
  });
});

describe('S28: the backstop of a start that was lost', () => {
  const look = async (entries: readonly LedgerEntry[], now = NOW) => {
    const ports = createMemoryPorts({ now: () => now });
    await ports.ledger.append(entries);
    const { port, requests } = starter();
    await startMissed(ports, [GROUP], { starter: port, now: startOf(now) });
    return requests.map(({ id }) => id);
  };

  it('starts what was proposed and has neither begun nor ended', async () => {
    expect(await look([proposed()])).toEqual(['review/web/shape-proposed']);
  });

  it.each(['not-begun', 'shape-finished', 'shape-rolled-back'])('not what ended: %s', async (end) => {
    const ended = proposed({
      id: `rollout/review/web/shape-proposed/${end}`,
      decision: { kind: 'give-back', reason: 'paused' },
    });
    expect(await look([proposed(), ended])).toEqual([]);
  });

  it('not what is under way, by the register of rollouts', async () => {
    const ports = createMemoryPorts({ now: () => NOW });
    await ports.ledger.append([proposed()]);
    await ports.documents.write(
      'rollouts',
      'review/web/shape-proposed',
      { state: 'running' },
      { expected: 0 },
    );
    const { port, requests } = starter();
    await startMissed(ports, [GROUP], { starter: port, now: startOf(NOW) });
    expect(requests).toEqual([]);
  });

  it('of two proposals the newest, and none that is older than an answer is waited for', async () => {
    const newer = proposed({ id: 'newer', at: (NOW - 5) as Minute });
    expect(await look([proposed(), newer])).toEqual(['newer']);
    const old = (NOW + 3 * 1440) as Minute;
    expect(await look([proposed(), newer], old)).toEqual([]);
  });

  it('not a group of the same name in another place', async () => {
    expect(await look([proposed({ place: { account: '999999999999', region } })])).toEqual([]);
  });
});
