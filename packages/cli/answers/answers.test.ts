import type { Decision, LedgerEntry } from '@evenkeel/core/explain';
import type { Profile } from '@evenkeel/core/forecast';
import type { Minute } from '@evenkeel/core/quantities';
import { CPU_POLICY } from '@evenkeel/engine/memory';
import { createApprovals } from '@evenkeel/engine/rollout';
import { describe, expect, it } from 'vitest';
import { memoryPlace, typed } from '../testing/test-place.ts';

/** 2026-05-25 07:45 UTC. */
const NOW = 29_661_585 as Minute;
const PROFILE: Profile = {
  version: 1,
  learnedAt: NOW,
  sloUtilisation: 0.7,
  lead: 8,
  strategy: { target: 0.5, floors: { forecaster: 'level', quantile: 0.9 } },
  forecasters: [{ name: 'level', weight: 1, lesson: { margins: [] } }],
  dayAhead: Array<number>(288).fill(3.5),
  highestNeed: 10,
} as unknown as Profile;

/** A workload whose plan asks for 5 instances all day. */
async function shop() {
  const { ports, opened } = memoryPlace(NOW);
  await ports.profiles.save('shop', PROFILE);
  const run = (line: string | readonly string[], now = NOW) => typed(line, { opened, now });
  const answers = () =>
    ports.ledger.all().flatMap(({ decision }) => (decision?.kind === 'answer' ? [decision] : []));
  const highest = async () => {
    const steps = await ports.scheduledActions.list({
      account: '111122223333',
      region: 'eu-west-1',
      name: 'shop-web',
    });
    return Math.max(...steps.map(({ minSize }) => minSize ?? 0));
  };
  return { ports, opened, run, answers, highest };
}

function proposal(id: string, decision: Decision): LedgerEntry {
  const place = { account: '111122223333', region: 'eu-west-1' };
  const outcome = { kind: 'told', because: 'asks' } as const;
  return {
    id,
    at: (NOW - 60) as Minute,
    workload: 'shop',
    group: 'shop-web',
    place,
    decision,
    outcome,
    excuses: [],
  };
}

const asksTarget = (to: number): Decision => ({
  kind: 'target',
  from: 50,
  to,
  owner: 50,
  asks: { expires: (NOW + 600) as Minute },
});

describe('evenkeel boost', () => {
  it('raises the floors at once, and the ledger says who asked', async () => {
    const { run, answers, highest } = await shop();
    const before = await run('status shop');
    expect(before.errors).toBe('');
    const { code, output } = await run([
      'boost',
      'shop',
      '--add',
      '4',
      '--for',
      '2h',
      '--note',
      'queue is long',
    ]);
    expect(code).toBe(0);
    expect(output).toContain('shop gets 4 instances more until 2026-05-25 09:45 UTC, within its bounds.');
    expect(await highest()).toBe(9);
    expect(answers()).toMatchObject([
      { answer: 'boost', by: 'bob', reason: 'queue is long', words: 'boost shop --add 4 --for 120m' },
    ]);
  });

  it('by a factor, and ended', async () => {
    const { ports, run, highest } = await shop();
    expect((await run('boost shop --factor 1.5 --for 30m')).code).toBe(0);
    expect(await highest()).toBe(8);
    expect((await run('boost shop --end', (NOW + 5) as Minute)).output).toContain(
      'The boost of shop is over',
    );
    expect((await ports.settings.load('shop')).expected).toEqual([]);
    const again = await run('boost shop --end', (NOW + 6) as Minute);
    expect(again).toMatchObject({ code: 2, errors: 'evenkeel: shop has no boost now.\n' });
  });

  it.each([
    ['boost shop', /write either --add 4 .* or --factor 1.5/],
    ['boost shop --add 4 --factor 2 --for 2h', /write either --add 4/],
    ['boost shop --add 4', /--for is missing/],
    ['boost shop --add 0 --for 2h', /--add "0" must be a whole number from 1 to 1000/],
    ['boost shop --factor 1 --for 2h', /--factor "1" must be a number above 1, up to 20/],
    ['boost shop --add 4 --for 25h', /longer than a day; .* write evenkeel expect/],
    ['boost shop --end --add 4', /--end stands alone/],
    [
      'boost tea --add 4 --for 2h',
      /no group in account 111122223333, eu-west-1 has the tag evenkeel:workload=tea/,
    ],
  ])('%s: says what to write', async (line, message) => {
    const { run, answers } = await shop();
    const { code, errors } = await run(line);
    expect(code).toBe(2);
    expect(errors).toMatch(message);
    expect(answers()).toEqual([]);
  });
});

describe('evenkeel expect', () => {
  const announce = [
    'expect',
    'shop',
    '--name',
    'sale',
    '--factor',
    '3',
    '--from',
    '2026-05-25T12:00',
    '--until',
    '2026-05-25T14:00',
  ];

  it('announces, lists and takes back', async () => {
    const { run, highest, answers } = await shop();
    expect((await run(announce)).output).toContain('shop expects “sale”: floors rise ahead of it');
    expect(await highest()).toBe(15);
    expect((await run('expect shop')).output).toContain(
      'sale: 3 times the usual, 2026-05-25 12:00 UTC to 2026-05-25 14:00 UTC, by bob',
    );
    expect((await run('expect shop --cancel sale', (NOW + 1) as Minute)).code).toBe(0);
    expect((await run('expect shop', (NOW + 2) as Minute)).output).toContain(
      'Nothing is announced for shop.',
    );
    expect(answers().map(({ words }) => words)).toEqual([
      'expect shop --name sale --factor 3',
      'expect shop --cancel sale',
    ]);
  });

  it('reads a time in the zone it names', async () => {
    const { run, ports } = await shop();
    const zoned = announce.map((word) => (word.startsWith('2026') ? `${word} Europe/Berlin` : word));
    expect((await run(zoned)).code).toBe(0);
    const [sale] = (await ports.settings.load('shop')).expected;
    expect(sale).toMatchObject({ from: NOW + 135, until: NOW + 255, factor: 3, by: 'bob' });
  });

  it.each([
    ['expect shop --factor 3', /--from is missing/],
    ['expect shop --factor 3 --from tomorrow', /--from "tomorrow" is no time; write 2026-11-27T09:00/],
    ['expect shop --factor 3 --from 2026-05-26 --until 2026-05-25', /--until must be later than --from/],
    ['expect shop --factor 3 --from 2026-05-20 --until 2026-05-21', /that was over at 2026-05-21 00:00 UTC/],
    ['expect shop --factor 3 --from 2026-06-01 --until 2026-07-01', /at most 14 days/],
    ['expect shop --factor 30 --from 2026-06-01 --until 2026-06-02', /above 0, up to 20/],
    ['expect shop --cancel sale', /shop has no expected event “sale” now/],
  ])('%s: says what to write', async (line, message) => {
    const { code, errors } = await (await shop()).run(line);
    expect(code).toBe(2);
    expect(errors).toMatch(message);
  });
});

describe('evenkeel approve and reject', () => {
  const offer: Decision = {
    kind: 'mode-offer',
    from: 'observe',
    to: 'approve',
    observedDays: 14,
    expected: {},
    expires: (NOW + 300) as Minute,
  };

  it('lists what waits, with the command that answers it', async () => {
    const { ports, run } = await shop();
    expect((await run('approve')).output).toBe('Nothing waits for an answer.\n');
    await ports.ledger.append([proposal('p1', asksTarget(55)), proposal('p2', offer)]);
    const { output } = await run('approve');
    expect(output).toMatch(/[0-9a-f]{8} {2}shop: CPU target 50 % → 55 %/);
    expect(output).toMatch(/evenkeel approve shop [0-9a-f]{8}, until 2026-05-25 17:45 UTC/);
  });

  it('does the one thing that waits, once, whoever comes second', async () => {
    const { ports, run, answers } = await shop();
    await ports.ledger.append([proposal('p2', offer)]);
    expect((await run('approve shop')).output).toContain('shop is in mode approve from now on');
    expect((await ports.settings.load('shop')).mode).toBe('approve');
    const second = await run('reject shop', (NOW + 1) as Minute);
    expect(second).toMatchObject({ code: 2, errors: 'evenkeel: nothing waits for an answer in shop.\n' });
    expect(answers()).toMatchObject([{ answer: 'approve', by: 'bob', to: 'p2' }]);
  });

  it('asks which, where several wait, and takes an id alone', async () => {
    const { ports, run, answers } = await shop();
    await ports.ledger.append([proposal('p1', asksTarget(55)), proposal('p2', offer)]);
    const unclear = await run('reject shop');
    expect(unclear.code).toBe(2);
    const [, id = ''] = /evenkeel reject shop ([0-9a-f]{8}), or/.exec(unclear.errors) ?? [];
    expect((await run(['reject', id, '--note', 'not now'])).output).toContain('stays in mode observe');
    expect(answers()).toMatchObject([{ answer: 'reject', reason: 'not now' }]);
    expect((await run('approve nonsense')).errors).toContain(
      'nothing waits for an answer with the id "nonsense"',
    );
  });

  it('an offer that has ended is not on the list', async () => {
    const { ports, run } = await shop();
    await ports.ledger.append([proposal('p2', offer)]);
    expect((await run('approve shop', (NOW + 300) as Minute)).errors).toContain('nothing waits');
  });
});

describe('evenkeel rollback', () => {
  it("S8: gives the owner's target back, and leaves it alone from then on", async () => {
    const { ports, run, opened } = await shop();
    const [group] = await ports.groups.list();
    const ref = group!.ref;
    const tuned = { ...CPU_POLICY, target: 60 };
    ports.groups.change(ref, { policies: [tuned] });
    await ports.records.save(ref, {
      home: { minSize: 2, policy: CPU_POLICY },
      adoptedAt: (NOW - 1440) as Minute,
      written: [],
      target: 60,
      wantedTarget: 60,
    });
    const { asks: _, ...applied } = asksTarget(60) as Extract<Decision, { kind: 'target' }>;
    await ports.ledger.append([{ ...proposal('t1', applied), outcome: { kind: 'applied' } }]);
    const { code, output } = await run('rollback shop');
    expect(code).toBe(0);
    expect(output).toContain(
      "The owner's CPU target of shop-web is given back within a minute; it is left alone until 2026-06-08",
    );
    const targetNow = () => ports.groups.get(ref)?.policies[0];
    expect(targetNow()).toMatchObject({ target: 50 });
    await ports.records.save(ref, { ...(await ports.records.load(ref))!, wantedTarget: 60 });
    await typed('resume shop', { opened, now: (NOW + 2 * 1440) as Minute });
    expect(targetNow()).toMatchObject({ target: 50 });
    expect((await ports.ledger.recent({ workload: 'shop', limit: 1 }))[0]?.excuses).toContainEqual(
      expect.objectContaining({ code: 'target-wanted-back' }),
    );
    await typed('resume shop', { opened, now: (NOW + 15 * 1440) as Minute });
    expect(targetNow()).toMatchObject({ target: 55 });
  });

  it('wants a change of shape that is under way back', async () => {
    const { ports, run } = await shop();
    const started: Decision = {
      kind: 'shape-started',
      rollout: 'r1',
      from: { types: ['m6i.large'], count: 4 },
      to: { types: ['m7g.large'], count: 4 },
      expected: {},
      canaryInstances: 1,
      measureFor: 120,
    };
    await ports.ledger.append([{ ...proposal('s1', started), outcome: { kind: 'applied' } }]);
    await ports.documents.write('rollouts', 'r1', { state: 'running', plan: { id: 'r1' } }, { expected: 0 });
    expect((await run('rollback shop')).output).toContain('goes back to its old instances');
    expect(await createApprovals(ports.documents).read('r1')).toMatchObject({ rollBackBy: 'bob' });
  });

  it('says so where there is nothing to take back', async () => {
    const { run } = await shop();
    expect((await run('rollback shop')).errors).toContain('no change of shape is under way');
  });
});
