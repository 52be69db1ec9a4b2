import * as z from 'zod/mini';

const Ids = (pattern: RegExp, what: string) =>
  z._default(
    z.array(
      z
        .string()
        .check(z.regex(pattern, { error: (issue) => `"${String(issue.input)}" is no id of a ${what}` })),
    ),
    [],
  );

/** Who may answer for workloads of a tier. */
const Allowed = z._default(
  z.strictObject({
    users: Ids(/^[UW][A-Z0-9]{2,20}$/, 'person; it begins with U (in Slack: profile, Copy member ID)'),
    groups: Ids(/^S[A-Z0-9]{2,20}$/, 'user group; it begins with S'),
  }),
  { users: [], groups: [] },
);

const Channel = z.string().check(
  z.regex(/^[^#\s][^\s]*$/, {
    error: (issue) => `write a channel without #, such as evenkeel, not "${String(issue.input)}"`,
  }),
);

/** The part of the settings file about Slack; without it there is no Slack, and nothing of it is deployed. */
export const SlackSettingsFile = z.strictObject({
  /** `bot`: threads, pictures, buttons, commands; `webhook`: text alone. */
  by: z._default(z.enum(['bot', 'webhook']), 'bot'),
  channel: Channel,
  accounts: z._default(z.record(z.string().check(z.regex(/^\d{12}$/)), Channel), {}),
  who: z._default(z.strictObject({ '0': Allowed, '1': Allowed, '2': Allowed, '3': Allowed }), {
    '0': { users: [], groups: [] },
    '1': { users: [], groups: [] },
    '2': { users: [], groups: [] },
    '3': { users: [], groups: [] },
  }),
});

/** What the settings say about Slack, with every default filled in. */
export interface SlackSettings {
  readonly by: 'bot' | 'webhook';
  /** The channel of what has no other. */
  readonly channel: string;
  /** Channels by account. */
  readonly accounts: Readonly<Record<string, string>>;
  /** Who may answer, by tier. */
  readonly who: Readonly<
    Record<'0' | '1' | '2' | '3', { readonly users: readonly string[]; readonly groups: readonly string[] }>
  >;
}
