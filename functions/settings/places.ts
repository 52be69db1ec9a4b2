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
