import { describe, expect, it } from 'vitest';
import { minute } from '../quantities.ts';
import { domainEventOf, entryOfEvent, eventTypeOf } from './domain-event.ts';
import type { LedgerEntry } from './ledger-entry.ts';

const entry: LedgerEntry = {
  id: 'e1',
  at: minute(29_000_000),
  workload: 'shop',
  group: 'web',
  place: { account: '1', region: 'eu-west-1' },
  decision: { kind: 'target', from: 50, to: 55, owner: 50 },
  outcome: { kind: 'applied' },
  excuses: [{ code: 'at-max-size', bottleneck: 'MaxSize', facts: { max: 40 } }],
};
const { decision: _, outcome: __, ...excused } = entry;

describe('domain events', () => {
  it('give the ledger entry back, over JSON', () => {
    for (const each of [entry, excused]) {
      expect(entryOfEvent(JSON.parse(JSON.stringify(domainEventOf(each))))).toEqual(each);
    }
  });

  it('are typed by what was decided, by excuses alone, or not sent', () => {
    expect(eventTypeOf(entry)).toBe('Evenkeel Target Changed');
    expect(eventTypeOf(excused)).toBe('Evenkeel Excused');
    expect(eventTypeOf({ ...entry, outcome: { kind: 'nothing-to-do' } })).toBe('Evenkeel Excused');
    expect(eventTypeOf({ ...excused, excuses: [] })).toBeUndefined();
  });

  it.each([
    ['nothing', undefined],
    ['a text', 'hello'],
    ['another version', { ...domainEventOf(entry), version: 2 }],
    ['no id', { ...domainEventOf(entry), id: 7 }],
    ['a place that is none', { ...domainEventOf(entry), place: 'eu-west-1' }],
    ['half a minute', { ...domainEventOf(entry), minute: 1.5 }],
    ['excuses that are none', { ...domainEventOf(entry), excuses: [1] }],
    ['a kind of a newer release', { ...domainEventOf(entry), decision: { kind: 'teleport' } }],
    ['a kind every object has', { ...domainEventOf(entry), decision: { kind: 'constructor' } }],
  ])('with %s are not read', (_name, detail) => {
    expect(entryOfEvent(detail)).toBeUndefined();
  });
});
