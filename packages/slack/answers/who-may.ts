import type { Tier } from '@evenkeel/core/workload';

/** The people who may answer for workloads of a tier: users and user groups by id. */
export interface Allowed {
  readonly users: readonly string[];
  readonly groups: readonly string[];
}

export type WhoMay = Readonly<Record<Tier, Allowed>>;

/** The members of a user group; rejects or gives an empty set where they cannot be read. */
export type Members = (group: string) => Promise<ReadonlySet<string>>;

/** Whether the person may; what cannot be found out counts as no. */
export async function mayAnswer(
  person: string,
  options: { readonly tier: Tier; readonly who: WhoMay; readonly members: Members },
): Promise<boolean> {
  const { users, groups } = options.who[options.tier];
  if (users.includes(person)) return true;
  for (const group of groups) {
    try {
      if ((await options.members(group)).has(person)) return true;
    } catch {
      // On doubt nobody may: another group, or another time, may still say yes.
    }
  }
  return false;
}

/** Who may, as mentions, for the polite refusal. */
export function namesOf({ users, groups }: Allowed): string {
  const names = [...groups.map((id) => `<!subteam^${id}>`), ...users.map((id) => `<@${id}>`)];
  return names.length === 0 ? 'nobody yet: the settings name no one for this tier' : names.join(', ');
}
