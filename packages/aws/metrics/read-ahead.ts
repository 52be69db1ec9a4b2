import type { Minute } from '@evenkeel/core/quantities';
import { type GroupRef, groupKey } from '@evenkeel/engine/ports';
import { MAX_QUERIES, type MetricPoints, type MetricQuery, type MetricReader } from './metric-data.ts';

/** One group's series of one window. */
export interface Wanted {
  readonly ref: GroupRef;
  readonly queries: readonly MetricQuery[];
  readonly from: Minute;
  readonly to: Minute;
}

/** Reads the series of groups that are asked for one after the other in as few calls as they fit into. */
export interface ReadAhead {
  /** These groups will be asked for next, each once, for one window. */
  expect(refs: readonly GroupRef[]): void;
  /** The series of one group; with the first of those expected, the series of all of them are read. */
  read(wanted: Wanted): Promise<readonly MetricPoints[]>;
}

export interface ReadAheadOptions {
  readonly read: MetricReader;
  /** What would be asked for another group for the window of this one; undefined where it has another window or source. */
  readonly alike: (ref: GroupRef, wanted: Wanted) => Promise<readonly MetricQuery[] | undefined>;
}

/**
 * Every result is given out once and only for the very window it was read for: who asks again gets a fresh read. Where the common read
 * fails (one group's series may be forbidden), each group is read for itself.
 */
export function createReadAhead({ read, alike }: ReadAheadOptions): ReadAhead {
  let expected = new Map<string, GroupRef>();
  const ready = new Map<string, readonly MetricPoints[]>();

  const fill = async (wanted: Wanted): Promise<void> => {
    const batch: Wanted[] = [wanted];
    let count = wanted.queries.length;
    expected.delete(groupKey(wanted.ref));
    for (const [key, ref] of expected) {
      // Two series a group fill it with 250 groups.
      if (count + wanted.queries.length > MAX_QUERIES) break;
      const queries = await alike(ref, wanted);
      if (queries === undefined) continue;
      expected.delete(key);
      batch.push({ ...wanted, ref, queries });
      count += queries.length;
    }
    const points = await readTogether(read, batch);
    for (const [index, each] of batch.entries()) ready.set(keyOf(each), points[index] ?? []);
  };

  return {
    expect(refs) {
      expected = new Map(refs.map((ref) => [groupKey(ref), ref]));
      ready.clear();
    },
    async read(wanted) {
      const key = keyOf(wanted);
      if (!ready.has(key) && expected.has(groupKey(wanted.ref))) await fill(wanted).catch(() => {});
      const points = ready.get(key);
      ready.delete(key);
      return points ?? read(wanted.queries, wanted.from, wanted.to);
    },
  };
}

async function readTogether(
  read: MetricReader,
  batch: readonly Wanted[],
): Promise<readonly (readonly MetricPoints[])[]> {
  const [first] = batch;
  if (first === undefined) return [];
  const points = await read(
    batch.flatMap((each) => each.queries),
    first.from,
    first.to,
  );
  let start = 0;
  return batch.map(({ queries }) => {
    const own = points.slice(start, start + queries.length);
    start += queries.length;
    return own;
  });
}

function keyOf({ ref, from, to }: Wanted): string {
  return `${groupKey(ref)} ${from} ${to}`;
}
