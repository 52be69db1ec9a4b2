import type { Place } from '@evenkeel/core/explain';
import type { Settings } from './settings.ts';

/** Every account and region Evenkeel looks after, its own account first. */
export function placesOf(
  settings: Pick<Settings, 'regions' | 'accounts'>,
  ownAccount: string,
): readonly Place[] {
  return [{ account: ownAccount, regions: settings.regions }, ...settings.accounts].flatMap(
    ({ account, regions }) => regions.map((region) => ({ account, region })),
  );
}

/** The place as one string: the message group of its shards, so that one process at a time works on it (S26). */
export function placeKey({ account, region }: Place): string {
  return `${account}/${region}`;
}
