import type { LedgerEntry, Place } from '@evenkeel/core/explain';
import type { Instant } from '@evenkeel/core/quantities';
import { WORKLOAD_TAG } from '@evenkeel/core/workload';
import { type GroupRef, type GroupSnapshot, type Ports, portErrorCode } from '../ports/index.ts';
import { forget } from './forget.ts';
import { goneFrom, keepRoster, readRoster, rosterOf } from './roster.ts';
import { tidy } from './tidy.ts';

/** What came of a look at the groups that carried the tag before. */
export interface MissingReport {
  readonly entries: readonly LedgerEntry[];
  /** Groups that could not be tidied, with the reason: the next look tries again. */
  readonly failures: readonly { readonly ref: GroupRef; readonly message: string }[];
}

/**
 * S16 where one process does everything: takes Evenkeel's things off groups of a place that were `tagged` at the last look and are not now,
 * and ends the leases of those that do not exist any more. One failure never touches another.
 */
export async function tidyMissing(
  ports: Ports,
  place: Place,
  tagged: readonly GroupSnapshot[],
  now: Instant,
): Promise<MissingReport> {
  const { roster, version } = await readRoster(ports.documents, place);
  const present = rosterOf(tagged.map(({ ref, tags }) => ({ ref, workload: tags[WORKLOAD_TAG] })));
  const entries: LedgerEntry[] = [];
  const failures: { ref: GroupRef; message: string }[] = [];
  const stillToDo: Record<string, string> = {};
  for (const name of goneFrom(roster, present)) {
    const ref = { ...place, name };
    const workload = roster[name] ?? '';
    try {
      const tidied = await tidyOne(ports, { ref, workload }, now);
      if (tidied.entry) entries.push(tidied.entry);
      if (!tidied.isDone) stillToDo[name] = workload;
    } catch (error) {
      failures.push({ ref, message: `${portErrorCode(error)}: ${(error as Error).message}` });
      stillToDo[name] = workload;
    }
  }
  await keepRoster(ports.documents, place, { ...present, ...stillToDo }, version);
  return { entries, failures };
}

async function tidyOne(
  ports: Ports,
  { ref, workload }: { readonly ref: GroupRef; readonly workload: string },
  now: Instant,
): Promise<{ readonly isDone: boolean; readonly entry?: LedgerEntry }> {
  const group = await ports.groups.read(ref);
  if (!group) {
    await forget(ports, ref, now);
    return { isDone: true };
  }
  // Tagged after all: it was only not listed this time.
  if (group.tags[WORKLOAD_TAG] !== undefined) return { isDone: false };
  const policies = async () => group.policies;
  const entry = await tidy({ ...ports, policies }, { ref, minSize: group.size.min, workload }, now);
  if (entry === undefined) return { isDone: true };
  return { isDone: entry.outcome?.kind === 'applied', entry };
}
