import * as z from 'zod/mini';
import { SettingsError } from './settings.ts';

const Text = z.string().check(z.minLength(1));

/** What the stacks tell every function by its environment. */
const Environment = z.object({
  EVENKEEL_STAGE: Text,
  EVENKEEL_ACCOUNT: z.string().check(z.regex(/^\d{12}$/)),
  EVENKEEL_SETTINGS: Text,
  EVENKEEL_TABLE: z.optional(Text),
  EVENKEEL_BUS: z.optional(Text),
  EVENKEEL_SHARD_QUEUE: z.optional(Text),
  EVENKEEL_REVIEW_QUEUE: z.optional(Text),
  EVENKEEL_LEASE_ROLE: z.optional(Text),
  EVENKEEL_ROLLOUT: z.optional(Text),
  EVENKEEL_SLACK_QUEUE: z.optional(Text),
  EVENKEEL_SLACK_TOKEN: z.optional(Text),
  EVENKEEL_SLACK_SIGNING_SECRET: z.optional(Text),
  EVENKEEL_SLACK_WEBHOOK: z.optional(Text),
  EVENKEEL_ENDPOINT: z.optional(z.url()),
});

/** The parts of the deployment a function works with. */
export interface Deployment {
  readonly stage: string;
  /** The account Evenkeel is deployed in. */
  readonly account: string;
  readonly settingsFile: string;
  /** Where an emulator answers instead of AWS. */
  readonly endpoint?: string;
  /** A part by name; throws a SettingsError where the stacks did not give it to this function. */
  readonly part: (name: DeploymentPart) => string;
}

export type DeploymentPart =
  | 'table'
  | 'bus'
  | 'shardQueue'
  | 'reviewQueue'
  | 'leaseRole'
  | 'rollout'
  | SlackPart;

/** What only the functions for Slack get. Token, secret and webhook are secrets: never logged. */
type SlackPart = 'slackQueue' | 'slackToken' | 'slackSigningSecret' | 'slackWebhook';

const VARIABLES = {
  table: 'EVENKEEL_TABLE',
  bus: 'EVENKEEL_BUS',
  shardQueue: 'EVENKEEL_SHARD_QUEUE',
  reviewQueue: 'EVENKEEL_REVIEW_QUEUE',
  leaseRole: 'EVENKEEL_LEASE_ROLE',
  rollout: 'EVENKEEL_ROLLOUT',
  slackQueue: 'EVENKEEL_SLACK_QUEUE',
  slackToken: 'EVENKEEL_SLACK_TOKEN',
  slackSigningSecret: 'EVENKEEL_SLACK_SIGNING_SECRET',
  slackWebhook: 'EVENKEEL_SLACK_WEBHOOK',
} as const satisfies Record<DeploymentPart, string>;

/** Reads the environment once, at the start. Throws a SettingsError that names the variable. */
export function parseDeployment(environment: Readonly<Record<string, string | undefined>>): Deployment {
  const parsed = Environment.safeParse(environment);
  if (!parsed.success) {
    const names = [...new Set(parsed.error.issues.map(({ path }) => String(path[0])))].join(', ');
    throw new SettingsError(`the environment variable ${names} is missing or wrong; deploy the stacks again`);
  }
  const values = parsed.data;
  return {
    stage: values.EVENKEEL_STAGE,
    account: values.EVENKEEL_ACCOUNT,
    settingsFile: values.EVENKEEL_SETTINGS,
    ...(values.EVENKEEL_ENDPOINT !== undefined && { endpoint: values.EVENKEEL_ENDPOINT }),
    part(name) {
      const value = values[VARIABLES[name]];
      if (value !== undefined) return value;
      throw new SettingsError(
        `the environment variable ${VARIABLES[name]} is missing; deploy the stacks again`,
      );
    },
  };
}
