import { FLEET, type LedgerEntry } from '@evenkeel/core/explain';
import { minute } from '@evenkeel/core/quantities';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ALL_KINDS } from '../preview/all-kinds.ts';
import { SAMPLE_DECISIONS, SAMPLE_ENTRIES } from '../preview/samples.ts';
import type { Message } from './message.ts';
import { eachOnce, messagesOf } from './messages-of.ts';
import { renderPlain } from './render-plain.ts';

const messages = messagesOf(SAMPLE_ENTRIES);
/** Told by no message of their own. */
const ROUTINE = ['savings', 'shape-reviewed', 'release', 'answer'];

/** The kind, with a number from the second of its kind on. */
function goldenName({ kind }: Message, index: number): string {
  const before = messages.slice(0, index).filter((each) => each.kind === kind).length;
  return before === 0 ? kind : `${kind}-${before + 1}`;
}

function asText(message: Message): string {
  const { blocks, telling: _, ...rest } = message;
  return `${renderPlain(message)}\n\n${JSON.stringify({ ...rest, blocks }, null, 2)}\n`;
}

describe('every message', () => {
  it('has a sample for each kind of decision there is', () => {
    const shown = new Set(SAMPLE_ENTRIES.map((entry) => entry.decision?.kind));
    expect(Object.keys(ALL_KINDS).filter((kind) => !shown.has(kind as never))).toEqual([]);
    const told = new Set(eachOnce(SAMPLE_ENTRIES).map((message) => message.kind));
    expect(Object.keys(ALL_KINDS).filter((kind) => !told.has(kind))).toEqual(ROUTINE);
  });

  it.each(messages.map((message, index) => ({ name: goldenName(message, index), message })))(
    '$name reads as its golden file',
    async ({ name, message }) => {
      await expect(asText(message)).toMatchFileSnapshot(`golden/${name}.txt`);
    },
  );

  it.each(messages.map((message) => ({ name: message.text, message })))(
    '"$name" says every part',
    ({ message }) => {
      const { headline, before, after, why, money, risk, next, stop } = message.telling;
      for (const part of [headline, before, after, why, money, risk, next, stop]) {
        expect(part.trim().length).toBeGreaterThan(3);
        expect(part).not.toMatch(/undefined|NaN|null|\[object/);
      }
    },
  );

  it('carries nothing but its own id in its buttons', () => {
    for (const message of messages) {
      for (const block of message.blocks) {
        if (block.type !== 'actions') continue;
        for (const element of block.elements) {
          expect(element.value).toBe(message.id);
          expect(element.value).toMatch(/^[0-9a-f]{30}$/);
        }
      }
    }
  });
});

describe('a shortage that is foreseen', () => {
  it('is told once a day and limit, with the value to set', () => {
    const at = minute(29_664_540);
    const tick = (id: string, limit: 'MaxSize' | 'evenkeel:bounds'): LedgerEntry => ({
      id,
      at: minute(29_663_100),
      workload: 'shop',
      group: 'web',
      decision: { kind: 'coming-shortage', at, needs: 46, limit, allows: 40, setTo: 58 },
      outcome: { kind: 'told', because: 'the limit is yours to raise' },
      excuses: [],
    });
    const told = messagesOf([tick('a', 'MaxSize'), tick('b', 'MaxSize'), tick('c', 'evenkeel:bounds')]);
    expect(told.map((message) => message.text).sort()).toEqual([
      'shop: needs 46 instances 2026-05-27 09:00 UTC, its tag allows 40',
      'shop: needs 46 instances 2026-05-27 09:00 UTC, max is 40',
    ]);
    expect(told.map(({ telling }) => telling.next).join()).toContain('Set MaxSize of the group to 58');
    expect(told.map(({ importance }) => importance)).toEqual(['alert', 'alert']);
  });
});

describe('volume', () => {
  const lostFooting = (workload: string, at: number, id: string): LedgerEntry => ({
    id,
    at: minute(at),
    workload,
    group: `1/eu-west-1/${workload}`,
    decision: { kind: 'footing-lost', coverage: 0.7, intended: 0.9, hours: 24, from: 'a', to: 'b' },
    outcome: { kind: 'applied' },
    excuses: [],
  });

  it('tells the same thing once, however often it is decided', () => {
    const again = [lostFooting('a', 100, '1'), lostFooting('a', 105, '2'), lostFooting('a', 110, '3')];
    expect(messagesOf(again)).toHaveLength(1);
    expect(messagesOf([...again, ...again])).toEqual(messagesOf(again));
  });

  it('tells a second pause of the same person too, and each once for all groups of the workload', () => {
    const pause = (since: number, at: number, group: string): LedgerEntry => ({
      ...lostFooting('shop', at, `${group}-${at}`),
      group,
      decision: { kind: 'hold', hold: 'paused', scope: 'workload', by: 'slack:U1', since: minute(since) },
    });
    const entries = [pause(100, 101, 'a'), pause(100, 106, 'b'), pause(500, 501, 'a'), pause(500, 502, 'b')];
    expect(messagesOf(entries).map(({ at }) => at)).toEqual([101, 501]);
  });

  it('tells routine floors, and decisions that came to nothing, not at all', () => {
    const floors = SAMPLE_ENTRIES.filter(
      ({ decision, outcome }) =>
        decision?.kind === 'floors' && outcome?.kind === 'applied' && outcome.after === undefined,
    );
    expect(floors.length).toBeGreaterThan(0);
    expect(messagesOf(floors)).toEqual([]);
    expect(messagesOf([{ ...lostFooting('a', 1, '1'), outcome: { kind: 'nothing-to-do' } }])).toEqual([]);
  });

  it('tells a decision that was not written as failed, never as done', () => {
    const failed = messagesOf([{ ...lostFooting('a', 1, '1'), outcome: { kind: 'failed', message: 'no' } }]);
    expect(failed.map((message) => message.kind)).toEqual(['write-failed']);
  });

  it('tells that AWS refuses once a day, and that it takes changes again where it had refused for more than a moment', () => {
    const floors = SAMPLE_DECISIONS[0]!;
    const entry = (at: number, outcome: LedgerEntry['outcome']): LedgerEntry => ({
      ...lostFooting('a', at, String(at)),
      decision: floors,
      ...(outcome && { outcome }),
    });
    const since = minute(100);
    const told = messagesOf([
      entry(100, { kind: 'failed', message: 'no' }),
      entry(1540, { kind: 'failed', message: 'no', again: { times: 289, since } }),
      entry(1600, { kind: 'applied', after: { times: 300, since } }),
      entry(1700, { kind: 'applied', after: { times: 1, since: minute(1695) } }),
    ]);
    expect(told.map(({ kind }) => kind)).toEqual(['write-failed', 'write-failed', 'write-taken']);
    expect(told[1]?.telling.why).toContain('It has refused it 289 times since 1970-01-01 01:40 UTC.');
  });

  it('folds five workloads with the same thing into one message, and leaves four alone', () => {
    const fleet = ['a', 'b', 'c', 'd', 'e'].map((workload, index) =>
      lostFooting(workload, 100 + index, workload),
    );
    const [only, ...others] = messagesOf(fleet);
    expect(others).toEqual([]);
    expect(only).toMatchObject({ workload: FLEET, entries: ['a', 'b', 'c', 'd', 'e'] });
    expect(messagesOf(fleet.slice(0, 4))).toHaveLength(4);
    expect(messagesOf([...fleet.slice(0, 4), lostFooting('e', 160, 'late')])).toHaveLength(5);
  });

  it('folds what goes wrong in five groups of one workload into one message of it, with the buttons that serve them all', () => {
    const lost = (index: number): LedgerEntry => ({
      ...lostFooting('shop', 100, `lost-${index}`),
      group: `web-${index}`,
      place: { account: '1', region: 'eu-west-1' },
    });
    const groups = [0, 1, 2, 3, 4].map(lost);
    const [only, ...others] = messagesOf([...groups, ...groups]);
    expect(others).toEqual([]);
    expect(only).toMatchObject({
      workload: 'shop',
      place: { account: '1' },
      buttons: ['why', 'pause'],
      entries: groups.map(({ id }) => id),
    });
    expect(only?.text).toContain('in 5 groups at once');
    expect(JSON.stringify(only?.blocks)).toContain('web-4');
    expect(messagesOf(groups.slice(1))).toHaveLength(4);
    expect(messagesOf([...groups, { ...lost(9), workload: 'feed' }])).toHaveLength(2);
    const strategy = SAMPLE_DECISIONS.find(({ kind }) => kind === 'strategy')!;
    const news = groups.map((entry) => ({ ...entry, decision: strategy }));
    expect(messagesOf(news)).toHaveLength(5);
  });

  it('tells every entry exactly once, in any order and with duplicates', () => {
    const entries = fc.array(
      fc.record({
        workload: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g'),
        index: fc.nat(SAMPLE_DECISIONS.length - 1),
        at: fc.nat(60),
      }),
      { maxLength: 30 },
    );
    fc.assert(
      fc.property(entries, fc.nat(1000), (picked, shift) => {
        const ledger = picked.map(
          ({ workload, index, at }, place): LedgerEntry => ({
            id: `e${place}`,
            at: minute(at),
            workload,
            group: `1/eu-west-1/${workload}`,
            decision: SAMPLE_DECISIONS[index]!,
            outcome: { kind: 'applied' },
            excuses: [],
          }),
        );
        const shuffled = ledger.map((entry, place) => ledger[(place + shift) % ledger.length] ?? entry);
        const told = messagesOf(ledger);
        expect(messagesOf([...shuffled, ...ledger])).toEqual(told);
        const tellable = eachOnce(ledger).flatMap((message) => message.entries);
        expect(told.flatMap((message) => message.entries).sort()).toEqual([...tellable].sort());
        expect(new Set(told.map((message) => message.dedupeKey)).size).toBe(told.length);
      }),
      { numRuns: 60, seed: 20_260_523 },
    );
  });
});

describe('text from outside', () => {
  it('cannot ring phones, forge links or break out of its place', () => {
    const nasty = '<!channel> `*<https://evil|x>*`';
    const entries: LedgerEntry[] = SAMPLE_ENTRIES.map((entry) => ({
      ...entry,
      workload: entry.workload === FLEET ? FLEET : nasty,
      group: `1/eu-west-1/${nasty}`,
      id: `${entry.id}${nasty}`,
      ...(entry.decision && { decision: spoil(entry.decision, nasty) as never }),
    }));
    for (const message of messagesOf(entries)) {
      const sent = JSON.stringify(message.blocks);
      expect(sent).not.toContain('<!channel');
      expect(sent).not.toContain('<https');
    }
  });
});

/** The same value with every free text replaced. */
function spoil(value: unknown, text: string, key = ''): unknown {
  if (typeof value === 'string') {
    return [
      'by',
      'approvedBy',
      'note',
      'name',
      'message',
      'type',
      'zone',
      'field',
      'from',
      'to',
      'reason',
      'line',
      'workload',
    ].includes(key)
      ? text
      : value;
  }
  if (Array.isArray(value))
    return value.map((item) => (key === 'types' || key === 'alternatives' ? text : spoil(item, text)));
  if (value !== null && typeof value === 'object') {
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, spoil(item, text, name)]));
  }
  return value;
}
