import type { Minute } from '@evenkeel/core/quantities';
import { describe, expect, it } from 'vitest';
import type { MetricQuery } from './metric-data.ts';
import { createReadAhead, type Wanted } from './read-ahead.ts';

const [FROM, TO] = [29_000_000 as Minute, 29_000_060 as Minute];
const ref = (name: string) => ({ account: '1', region: 'eu-west-1', name });
const queries = (name: string): readonly MetricQuery[] =>
  ['Sum', 'SampleCount'].map((statistic) => ({
    namespace: 'AWS/EC2',
    metric: 'CPUUtilization',
    dimensions: { AutoScalingGroupName: name },
    statistic,
    period: 1,
  }));
const wanted = (name: string, to = TO): Wanted => ({
  ref: ref(name),
  queries: queries(name),
  from: FROM,
  to,
});

/** A reader that answers with the group's name as a number of its length, and counts calls. */
function stage(options: { fails?: boolean; different?: string } = {}) {
  const calls: number[] = [];
  const ahead = createReadAhead({
    read: async (all) => {
      calls.push(all.length);
      if (options.fails && all.length > 2) throw new Error('Forbidden');
      return all.map(({ dimensions }) => ({
        minutes: [FROM],
        values: [Number(dimensions.AutoScalingGroupName)],
      }));
    },
    alike: async ({ name }) => (name === options.different ? undefined : queries(name)),
  });
  return { ahead, calls };
}

describe('createReadAhead', () => {
  it('reads the series of all expected groups with the first one, and gives each its own', async () => {
    const { ahead, calls } = stage();
    ahead.expect(['1', '2', '3'].map(ref));
    for (const name of ['1', '2', '3']) {
      expect((await ahead.read(wanted(name))).map((points) => points.values)).toEqual([
        [Number(name)],
        [Number(name)],
      ]);
    }
    expect(calls).toEqual([6]);
  });

  it('fills calls of 500 series', async () => {
    const { ahead, calls } = stage();
    const names = Array.from({ length: 600 }, (_, index) => String(index));
    ahead.expect(names.map(ref));
    for (const name of names) await ahead.read(wanted(name));
    expect(calls).toEqual([500, 500, 200]);
  });

  it('gives a result out once: who asks again, or for another window, gets a fresh read', async () => {
    const { ahead, calls } = stage();
    ahead.expect(['1', '2'].map(ref));
    await ahead.read(wanted('1'));
    await ahead.read(wanted('1'));
    await ahead.read(wanted('2', (TO + 5) as Minute));
    expect(calls).toEqual([4, 2, 2]);
  });

  it('reads a group by itself that was not expected or has another source', async () => {
    const { ahead, calls } = stage({ different: '2' });
    ahead.expect(['1', '2'].map(ref));
    for (const name of ['1', '2', '9']) await ahead.read(wanted(name));
    expect(calls).toEqual([2, 2, 2]);
  });

  it('reads each group by itself where the common read fails', async () => {
    const { ahead, calls } = stage({ fails: true });
    ahead.expect(['1', '2'].map(ref));
    expect((await ahead.read(wanted('1')))[0]?.values).toEqual([1]);
    expect((await ahead.read(wanted('2')))[0]?.values).toEqual([2]);
    expect(calls).toEqual([4, 2, 2]);
  });
});
