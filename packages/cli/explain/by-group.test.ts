import { FLEET, type LedgerEntry } from '@evenkeel/core/explain';
import type { Minute } from '@evenkeel/core/quantities';
import { expect, it } from 'vitest';
import { byGroup } from './run-explain.ts';

const entry = (id: string, group: string): LedgerEntry => ({
  id,
  at: 1 as Minute,
  workload: 'shop',
  group,
  excuses: [],
});

it('what concerns the whole workload is part of the story of each of its groups', () => {
  const groups = byGroup([entry('1', 'a'), entry('2', FLEET), entry('3', 'b')]);
  const ids = [...groups].map(([name, own]) => [name, own.map(({ id }) => id).join()]);
  expect(ids).toEqual([
    ['a', '1,2'],
    ['b', '2,3'],
  ]);
});

it('and a story of its own where there is no group', () => {
  expect([...byGroup([entry('2', FLEET)]).keys()]).toEqual([FLEET]);
});
