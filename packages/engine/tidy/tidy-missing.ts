import type { LedgerEntry, Place } from '@evenkeel/core/explain';
import type { Instances, Instant } from '@evenkeel/core/quantities';
import type { Documents, GroupRef } from '../ports/index.ts';
import { forget } from './forget.ts';
import { goneFrom, keepRoster, type Roster, readRoster } from './roster.ts';
import { type TidyPorts, tidy } from './tidy.ts';

/** A group that exists, with the workload where it carries the tag. */
export interface StandingGroup {
  readonly ref: GroupRef;
  readonly minSize: Instances;
  readonly workload?: string | undefined;
}

/** All that looking for groups without the tag touches. */
export type MissingPorts = TidyPorts & {
  readonly documents: Documents;
  /** Those of the groups of these names that exist. */
  readonly standing: (names: readonly string[]) => Promise<readonly StandingGroup[]>;
};

/** What came of a look at the groups that carried the tag before; what did not come to its end the next look tries again. */
export interface MissingReport {
  readonly entries: readonly LedgerEntry[];
  /** Groups that lost the tag and were tidied, wholly or in part. */
  readonly tidied: readonly { readonly ref: GroupRef; readonly isWhole: boolean }[];
  readonly failures: readonly { readonly ref: GroupRef; readonly error: Error }[];
}

/**
 * S16: takes Evenkeel's things off groups of a place that were `tagged` at the last look and are not now, and ends the leases of those that
 * do not exist any more. One failure never touches another, and who comes when there is no time left waits for the next look.
 */
export async function tidyMissing(
  ports: MissingPorts,
  look: {
    readonly place: Place;
    readonly tagged: Roster;
    readonly now: Instant;
    readonly hasTime?: () => boolean;
  },
): Promise<MissingReport> {
  const { place, tagged, now, hasTime = () => true } = look;
  const { roster, version } = await readRoster(ports.documents, place);
  const gone = goneFrom(roster, tagged);
  const standing = new Map((await ports.standing(gone)).map((group) => [group.ref.name, group]));
  const entries: LedgerEntry[] = [];
  const tidied: { ref: GroupRef; isWhole: boolean }[] = [];
  const failures: { ref: GroupRef; error: Error }[] = [];
  const stillToDo: Record<string, string> = {};
  for (const name of gone) {
    const ref = { ...place, name };
    const workload = roster[name] ?? '';
    const group = standing.get(name);
    stillToDo[name] = workload;
    // Tagged after all: it was only not listed this time.
    if (group?.workload !== undefined || !hasTime()) continue;
    try {
      const entry = group && (await tidy(ports, { ref, minSize: group.minSize, workload }, now));
      if (!group) await forget(ports, ref, now);
      const isWhole = entry === undefined || entry.outcome?.kind === 'applied';
      if (group) tidied.push({ ref, isWhole });
      if (entry) entries.push(entry);
      if (isWhole) delete stillToDo[name];
    } catch (error) {
      failures.push({ ref, error: error as Error });
    }
  }
  await keepRoster(ports.documents, place, { ...tagged, ...stillToDo }, version);
  return { entries, tidied, failures };
}
