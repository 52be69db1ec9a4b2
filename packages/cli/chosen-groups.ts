import { WORKLOAD_TAG } from '@evenkeel/core/workload';
import type { GroupSnapshot } from '@evenkeel/engine/ports';
import { asUserErrors, type Composition } from './compose.ts';
import { UserError } from './program/user-error.ts';

/** The groups a command is about: those of the workload, or all that are taken on. Throws a UserError where there is none. */
export async function chosenGroups(
  composition: Composition,
  workload: string | undefined,
): Promise<readonly GroupSnapshot[]> {
  const groups = await groupsThere(composition, workload);
  if (groups.length === 0) throw nothingToShow(workload, placeOf(composition));
  return groups;
}

/** The same, where none is an answer as well. */
export async function groupsThere(
  { ports }: Pick<Composition, 'ports'>,
  workload: string | undefined,
): Promise<readonly GroupSnapshot[]> {
  const all = await asUserErrors(() => ports.groups.list());
  return all.filter(({ tags }) => workload === undefined || tags[WORKLOAD_TAG] === workload);
}

/** No group is taken on: the tag that does it is missing, or the name is wrong. */
export function nothingToShow(workload: string | undefined, place: string): UserError {
  return workload === undefined
    ? new UserError(`no Auto Scaling group in ${place} has the tag evenkeel:workload; tag one to begin.`)
    : new UserError(`no group in ${place} has the tag evenkeel:workload=${workload}.`);
}

/** Where a composition works, in words. */
export function placeOf({ account, region }: Pick<Composition, 'account' | 'region'>): string {
  return `account ${account}, ${region}`;
}
