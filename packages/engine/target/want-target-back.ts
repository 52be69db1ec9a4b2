import { type Instant, MINUTES_PER_DAY, type Minute, minuteOf } from '@evenkeel/core/quantities';
import { type GroupRef, groupKey, type Ports } from '../ports/index.ts';
import { openRun } from '../run/open-run.ts';
import { closeRun, type RunReport, remember } from '../run/run.ts';
import { DEFAULT_SETTINGS, type EngineSettings } from '../run/settings.ts';
import { backToOwner } from './give-target-back.ts';

/** Somebody wanted the owner's target back. Kept apart from the group's record, which a tick under way would write over. */
export interface OwnTarget {
  readonly by: string;
  /** The first minute in which the target may be tuned again. */
  readonly until: Minute;
}

/** What came of it: there was nothing to give back where the owner's own target stands. */
export interface GivenBack extends RunReport {
  readonly kind: 'given-back' | 'owner-stands' | 'group-gone';
  readonly until: Minute;
}

const COLLECTION = 'own-target';
/** As long as a new target needs to be judged by: two weeks of the group's life. */
export const OWN_TARGET_MINUTES = 14 * MINUTES_PER_DAY;
const ATTEMPTS = 5;

/** Gives the owner's target back at once, and leaves it alone for two weeks. Twice is once; floors go on. */
export async function wantTargetBack(
  ports: Ports,
  wish: { readonly ref: GroupRef; readonly by: string; readonly now: Instant },
  settings: EngineSettings = DEFAULT_SETTINGS,
): Promise<GivenBack> {
  const { ref, by, now } = wish;
  const until = (minuteOf(now) + OWN_TARGET_MINUTES) as Minute;
  const group = await ports.groups.read(ref);
  if (group === undefined) return { kind: 'group-gone', until, entries: [] };
  await keep(ports, ref, { by, until });
  const run = await openRun({ useCase: 'react', ports, group, now, settings });
  if (run.record.target === undefined) return { kind: 'owner-stands', until, entries: [] };
  await backToOwner(run, 'wanted-back');
  remember(run, { wantedTarget: undefined });
  return { kind: 'given-back', until, ...(await closeRun(run)) };
}

/** Who keeps the owner's target, and until when; undefined where nobody does. */
export async function ownTargetOf(
  ports: Pick<Ports, 'documents'>,
  ref: GroupRef,
  at: Minute,
): Promise<OwnTarget | undefined> {
  const kept = (await ports.documents.read<OwnTarget>(COLLECTION, groupKey(ref)))?.value;
  return kept !== undefined && kept.until > at ? kept : undefined;
}

async function keep({ documents }: Ports, ref: GroupRef, kept: OwnTarget): Promise<void> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const standing = await documents.read<OwnTarget>(COLLECTION, groupKey(ref));
    const how = { expected: standing?.version ?? 0, expires: kept.until };
    if (await documents.write(COLLECTION, groupKey(ref), kept, how)) return;
  }
  throw new Error(`the target of ${ref.name} is being taken back by somebody else all the time; try again`);
}
