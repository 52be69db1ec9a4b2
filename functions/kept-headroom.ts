import type { Place } from '@evenkeel/core/explain';
import { MINUTES_PER_DAY, type Minute, minuteOf } from '@evenkeel/core/quantities';
import { type Documents, groupKey, type Headroom, type ReadHeadroom } from '@evenkeel/engine/ports';
import type { Start } from './compose.ts';

interface Kept {
  readonly at: Minute;
  readonly headroom: Headroom;
}

const COLLECTION = 'headroom';
/** What was read before that says nothing of tomorrow. */
const HOLDS_MINUTES = 1.5 * MINUTES_PER_DAY;

/** Writes down what the groups of a place have room for. */
export async function keepHeadroom(
  documents: Documents,
  place: Place,
  { at, headrooms }: { readonly at: Minute; readonly headrooms: Readonly<Record<string, Headroom>> },
): Promise<void> {
  for (const [name, headroom] of Object.entries(headrooms)) {
    const key = groupKey({ ...place, name });
    const standing = await documents.read<Kept>(COLLECTION, key);
    await documents.write(
      COLLECTION,
      key,
      { at, headroom },
      {
        expected: standing?.version ?? 0,
        expires: (at + 2 * MINUTES_PER_DAY) as Minute,
      },
    );
  }
}

/** What the groups have room for, as it was last read; nothing where that was too long ago, or nobody reads it. */
export function createKeptHeadroom(documents: Documents, now: Start['timing']['now']): ReadHeadroom {
  return async ({ ref }) => {
    const kept = (await documents.read<Kept>(COLLECTION, groupKey(ref)))?.value;
    return kept !== undefined && minuteOf(now()) - kept.at < HOLDS_MINUTES ? kept.headroom : {};
  };
}
