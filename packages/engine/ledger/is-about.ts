import { isSamePlace, type LedgerEntry } from '@evenkeel/core/explain';
import type { GroupRef } from '../ports/index.ts';

/** Whether an entry is about this group: two accounts may have groups of one name. Entries of old have no place: then the name has to do. */
export function isAbout(ref: GroupRef, { group, place }: LedgerEntry): boolean {
  return group === ref.name && (!place || isSamePlace(place, ref));
}
