import * as z from 'zod/mini';
import english from 'zod/v4/locales/en.js';
import { PricesFile, ShapeChangesFile } from './shape-changes.ts';
import { type SlackSettings, SlackSettingsFile } from './slack.ts';

const REGION = /^[a-z]{2}(-[a-z]+)+-\d$/;
const Regions = z
  .array(
    z.string().check(
      z.regex(REGION, {
        error: (issue) => `"${String(issue.input)}" is no region; write one such as eu-west-1`,
      }),
    ),
  )
  .check(
    z.minLength(1, { error: 'name at least one region, such as ["eu-west-1"]' }),
    z.refine((regions) => new Set(regions).size === regions.length, { error: 'a region is named twice' }),
  );

/** The settings of one deployment, as the file says them. */
const SettingsFile = z
  .strictObject({
    $schema: z.optional(z.string()),
    regions: Regions,
    accounts: z._default(
      z.array(
        z.strictObject({
          account: z
            .string()
            .check(
              z.regex(/^\d{12}$/, { error: 'an account is twelve digits in quotes, such as "222222222222"' }),
            ),
          regions: Regions,
        }),
      ),
      [],
    ),
    externalId: z.optional(
      z.string().check(
        z.regex(/^[\w+=,.@:/-]{16,128}$/, {
          error: 'write 16 to 128 letters, digits or _+=,.@:/- ; a new UUID serves',
        }),
      ),
    ),
    reviewHours: z._default(
      z.strictObject({
        from: z.int().check(z.gte(0), z.lte(23)),
        until: z.int().check(z.gte(1), z.lte(24)),
      }),
      { from: 0, until: 6 },
    ),
    shapeChanges: z.optional(ShapeChangesFile),
    prices: z.optional(PricesFile),
    slack: z.optional(SlackSettingsFile),
    tracing: z._default(z.boolean(), false),
    logLevel: z._default(z.enum(['DEBUG', 'INFO', 'WARN', 'ERROR']), 'INFO'),
    logDays: z._default(z.literal([7, 14, 30, 60, 90, 180, 365]), 30),
    alarmEmail: z.optional(
      z.string().check(z.regex(/^[^@\s]+@[^@\s]+$/, { error: 'write one address, such as ops@example.org' })),
    ),
  })
  .check(
    z.refine(({ accounts, externalId }) => accounts.length === 0 || externalId !== undefined, {
      path: ['externalId'],
      error: 'needed as soon as accounts are named: it is what their roles ask for; a new UUID serves',
    }),
    z.refine(({ accounts }) => new Set(accounts.map(({ account }) => account)).size === accounts.length, {
      path: ['accounts'],
      error: 'an account is named twice; put its regions into one entry',
    }),
    z.refine(({ reviewHours }) => reviewHours.from < reviewHours.until, {
      path: ['reviewHours'],
      error: 'from must be before until (hours of the day in UTC)',
    }),
  );

/** The settings of one deployment, with every default filled in. */
export interface Settings {
  /** Regions of the account Evenkeel is deployed in. */
  readonly regions: readonly string[];
  /** Other accounts and their regions; each has the spoke template deployed. */
  readonly accounts: readonly { readonly account: string; readonly regions: readonly string[] }[];
  /** What the roles of other accounts ask for before they let Evenkeel in. */
  readonly externalId?: string | undefined;
  /** The hours of the day (UTC) the nightly reviews are spread over; `until` is not part of them. */
  readonly reviewHours: { readonly from: number; readonly until: number };
  /** Present: rollouts are deployed, whose roles may change instance types and pass these roles to instances (S25). */
  readonly shapeChanges?: { readonly instanceRoles: readonly string[] } | undefined;
  /** What is stated of discounts (S23): families whose price needs no second look, and the share of a family that a commitment pays for. */
  readonly prices?:
    | { readonly stated: readonly string[]; readonly committed: Readonly<Record<string, number>> }
    | undefined;
  /** Present: messages go to Slack (docs/slack.md). */
  readonly slack?: SlackSettings | undefined;
  readonly tracing: boolean;
  readonly logLevel: 'DEBUG' | 'INFO' | 'WARN' | 'ERROR';
  readonly logDays: number;
  /** Who is told by AWS itself when Evenkeel does not work. */
  readonly alarmEmail?: string | undefined;
}

/** A setting is wrong: the message names the file, the field, what is wrong, and what to write instead. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
}

/**
 * Reads the settings from the text of a JSON file; `source` is how messages call it. Throws a SettingsError with one sentence per
 * wrong field.
 */
export function parseSettings(text: string, source: string): Settings {
  const parsed = SettingsFile.safeParse(jsonOf(text, source), { error: english().localeError });
  if (parsed.success) return parsed.data;
  const sentences = parsed.error.issues.map(
    ({ path, message }) => `${path.length > 0 ? `${path.map(String).join('.')}: ` : ''}${message}`,
  );
  throw new SettingsError(`${source} is wrong: ${sentences.join('; ')}`);
}

function jsonOf(text: string, source: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new SettingsError(
      `${source} is no JSON: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}
