import { type Place, placeKey } from '@evenkeel/core/explain';
import type { Documents, GroupRef } from '../ports/index.ts';

/** Which groups of a place carried the tag when last looked, and the workload of each. */
export type Roster = Readonly<Record<string, string>>;

const COLLECTION = 'roster';

/** The roster of the last look; empty at first, or where the table was lost (everything ends at home by itself then: S3, S8). */
export async function readRoster(
  documents: Documents,
  place: Place,
): Promise<{ readonly version: number; readonly roster: Roster }> {
  const found = await documents.read<Roster>(COLLECTION, placeKey(place));
  return { version: found?.version ?? 0, roster: found?.value ?? {} };
}

/** Keeps the roster for the next look; where another process was quicker, the next look sees what that one saw. */
export async function keepRoster(
  documents: Documents,
  place: Place,
  roster: Roster,
  version: number,
): Promise<void> {
  await documents.write(COLLECTION, placeKey(place), roster, { expected: version });
}

export function rosterOf(
  groups: readonly { readonly ref: GroupRef; readonly workload?: string | undefined }[],
): Roster {
  return Object.fromEntries(groups.map(({ ref, workload }) => [ref.name, workload ?? '']));
}

/** Groups that were on the roster and are not any more. */
export function goneFrom(before: Roster, now: Roster): readonly string[] {
  return Object.keys(before).filter((name) => now[name] === undefined);
}
