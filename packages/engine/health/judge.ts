import type { HealthPart, LedgerEntry } from '@evenkeel/core/explain';
import type { Minute } from '@evenkeel/core/quantities';
import { degraded, recovered } from './health-entries.ts';
import type { Trouble } from './troubles.ts';

/** What was told and has not ended; `quiet`: since when nothing of it has been seen. */
export type Told = Readonly<Partial<Record<HealthPart, { readonly since: Minute; readonly quiet?: Minute }>>>;

/** One tick that fails is made up for by the next; three in a row are told. And three good ones end it. */
export const TOLD_AFTER_MINUTES = 15;

/** Compares what is wrong with what was told. */
export function judge(
  told: Told,
  troubles: readonly Trouble[],
  { at, groups }: { readonly at: Minute; readonly groups: number },
): { readonly told: Told; readonly entries: readonly LedgerEntry[] } {
  const entries: LedgerEntry[] = [];
  const after: { -readonly [Part in HealthPart]?: Told[Part] } = {};
  const parts = new Set([...troubles.map(({ part }) => part), ...(Object.keys(told) as HealthPart[])]);
  for (const part of parts) {
    const mine = troubles.filter((each) => each.part === part);
    const known = told[part];
    if (mine.length === 0 && known !== undefined) {
      const quiet = known.quiet ?? at;
      if (at - quiet < TOLD_AFTER_MINUTES) after[part] = { since: known.since, quiet };
      else entries.push(recovered(part, { since: known.since, until: quiet, at }));
      continue;
    }
    if (known !== undefined) {
      after[part] = { since: known.since };
      continue;
    }
    const lasting = mine.filter(({ since }) => at - since >= TOLD_AFTER_MINUTES);
    if (lasting.length === 0) continue;
    const since = Math.min(...lasting.map((each) => each.since)) as Minute;
    after[part] = { since };
    entries.push(degraded(part, { since, at, lasting, groups }));
  }
  return { told: after, entries };
}
