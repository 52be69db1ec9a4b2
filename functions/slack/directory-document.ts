import { type Place, placeKey } from '@evenkeel/core/explain';
import type { Documents } from '@evenkeel/engine/ports';
import type { KnownGroup } from '@evenkeel/slack/answers';

const COLLECTION = 'directory';
const PREFIX = 'evenkeel:';

/** Evenkeel's own tags of each group of a place, by the group's name. */
type DirectoryDocument = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** Notes the tags of a place's groups where they have changed, so that Slack needs no calls of EC2 Auto Scaling (S26). */
export async function keepDirectory(
  documents: Documents,
  place: Place,
  groups: readonly KnownGroup[],
): Promise<void> {
  const now: DirectoryDocument = Object.fromEntries(groups.map(({ ref, tags }) => [ref.name, ownTags(tags)]));
  const standing = await documents.read<DirectoryDocument>(COLLECTION, placeKey(place));
  if (JSON.stringify(standing?.value) === JSON.stringify(now)) return;
  // Who was faster has read the groups at the same time.
  await documents.write(COLLECTION, placeKey(place), now, { expected: standing?.version ?? 0 });
}

/** The groups of a place as the last tick saw them. */
export async function readDirectory(documents: Documents, place: Place): Promise<readonly KnownGroup[]> {
  const found = await documents.read<DirectoryDocument>(COLLECTION, placeKey(place));
  return Object.entries(found?.value ?? {}).map(([name, tags]) => ({ ref: { ...place, name }, tags }));
}

function ownTags(tags: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(tags)
      .filter(([key]) => key.startsWith(PREFIX))
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}
