import type { Instant } from '@evenkeel/core/quantities';
import { callMethod, type Fetch, SLACK_API } from '../transports/call-slack.ts';
import type { Members } from './who-may.ts';

/** How long a group's members are believed without asking again. Milliseconds. */
const BELIEVED_MS = 10 * 60_000;

/** Members of Slack user groups, remembered for ten minutes. Rejects where Slack does not say. */
export function createMembers(options: {
  readonly token: string;
  readonly fetch: Fetch;
  readonly now: () => Instant;
  readonly api?: string;
}): Members {
  const known = new Map<string, { readonly at: number; readonly users: ReadonlySet<string> }>();
  return async (group) => {
    const cached = known.get(group);
    if (cached !== undefined && options.now() - cached.at < BELIEVED_MS) return cached.users;
    const answer = await callMethod({
      fetch: options.fetch,
      token: options.token,
      url: `${options.api ?? SLACK_API}/usergroups.users.list`,
      body: { usergroup: group },
    });
    if (answer.kind !== 'done') throw new Error(`the members of ${group} cannot be read: ${answer.kind}`);
    const { users } = answer.value;
    const set = new Set(Array.isArray(users) ? users.filter((user) => typeof user === 'string') : []);
    known.set(group, { at: options.now(), users: set });
    return set;
  };
}
