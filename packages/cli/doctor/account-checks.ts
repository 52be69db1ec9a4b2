import { counted, duration, utc } from '@evenkeel/core/explain';
import { MINUTES_PER_DAY, type Minute, MS_PER_MINUTE } from '@evenkeel/core/quantities';
import type { Mode } from '@evenkeel/core/workload';
import type { Composition } from '../compose.ts';
import type { Checkup } from './checkup.ts';
import { type Finding, ok, problem, unknown, warn } from './finding.ts';
import { type GroupFacts, type Read, read } from './group-facts.ts';
import {
  NEEDS,
  type Need,
  type PermissionPlace,
  type PolicyStatement,
  questions,
  statementsFor,
} from './permissions.ts';

/** What the account as a whole looks like, with the statements that would allow what is missing. */
export interface AccountFindings {
  readonly findings: readonly Finding[];
  readonly statements: readonly PolicyStatement[];
}

/** Looks at the account: credentials, what they allow, whether Evenkeel lives, how old its prices are. */
export async function checkAccount(
  composition: Composition,
  facts: readonly GroupFacts[],
  place: { readonly now: Minute; readonly leaseRole: string | undefined },
): Promise<AccountFindings> {
  const { now } = place;
  const { checkup } = composition;
  const opened: Read<Checkup> | undefined = checkup && (await read(checkup));
  const asked = opened && 'value' in opened ? opened.value : undefined;
  const modes = new Set(facts.flatMap(({ parsed }) => (parsed.ok ? [parsed.policy.mode] : [])));
  const of = { account: composition.account, region: composition.region, leaseRole: place.leaseRole };
  const missing = asked && (await read(() => missingIn(asked, of, facts[0]?.group.ref.name ?? 'any')));
  const lacking = missing && 'value' in missing ? lackingOf(missing.value) : [];
  return {
    findings: [
      credentials(composition, asked),
      ...permissions(missing, lacking, modes),
      asked && lease(place.leaseRole, modes),
      await alive(asked, facts, now),
      await prices(composition, now),
    ].filter((finding) => finding !== undefined),
    statements: statementsFor(
      lacking.flatMap((each) => each.missing),
      of,
    ),
  };
}

function credentials({ account, region }: Composition, asked: Checkup | undefined): Finding {
  return ok(
    'credentials',
    `account ${account}, ${region}${asked === undefined ? '' : `, as ${asked.caller}`}`,
  );
}

async function missingIn(asked: Checkup, of: PermissionPlace, group: string): Promise<readonly string[]> {
  const missing: string[] = [];
  for (const { actions, resource } of questions(of, group))
    missing.push(...(await asked.missing(actions, resource)));
  return missing;
}

interface Lacking {
  readonly need: Need;
  readonly missing: readonly string[];
}

function lackingOf(missing: readonly string[]): readonly Lacking[] {
  return NEEDS.flatMap((need) => {
    const own = need.actions.filter((action) => missing.includes(action));
    return own.length === 0 ? [] : [{ need, missing: own }];
  });
}

function permissions(
  asked: Read<readonly string[]> | undefined,
  lacking: readonly Lacking[],
  modes: ReadonlySet<Mode>,
): readonly Finding[] {
  if (asked === undefined) return [];
  if ('failed' in asked) {
    return [
      unknown(
        'permissions',
        `Not looked at: ${asked.failed}.`,
        'Allow iam:SimulatePrincipalPolicy to have them checked; docs/permissions.md lists them all.',
      ),
    ];
  }
  if (lacking.length === 0) return [ok('permissions', 'all that floors and targets need')];
  return lacking.map(({ need, missing }) => {
    const says = `${missing.join(', ')} ${missing.length === 1 ? 'is' : 'are'} not allowed: ${need.without}.`;
    const isNeeded = need.modes.some((mode) => modes.has(mode));
    const remedy = 'The statement below allows it.';
    return isNeeded
      ? problem(need.what, says, remedy)
      : warn(need.what, `${says} No group's mode needs it yet.`, remedy);
  });
}

/** A deployed Evenkeel has a lease role of its own; a process needs one named. */
function lease(role: string | undefined, modes: ReadonlySet<Mode>): Finding | undefined {
  if (role !== undefined || !(modes.has('auto') || modes.has('approve'))) return undefined;
  return warn(
    'lease role',
    'With these options evenkeel run writes floors and tunes no target, where most of the saving is.',
    'Name a role with --lease-role (docs/operations.md); a deployed Evenkeel has its own.',
  );
}

/** A tick is every five minutes. */
const LATE_MINUTES = 15;
/** The owner's actions are listed once an hour: what a group's record says of ticks is no fresher. */
const LATE_RECORD_MINUTES = 90;

async function alive(
  asked: Checkup | undefined,
  facts: readonly GroupFacts[],
  now: Minute,
): Promise<Finding> {
  const beats = asked ? await read(asked.heartbeats) : { value: [] };
  const known = 'value' in beats ? beats.value : [];
  const newest = known.toSorted((a, b) => b.at - a.at)[0];
  if (newest !== undefined) {
    const age = now - newest.at;
    const says = `${newest.stage} ticked ${duration(age)} ago`;
    return age <= LATE_MINUTES
      ? ok('alive', says)
      : problem(
          'alive',
          `${says}: it ticks every 5 minutes.`,
          'Look at its alarms and logs; plans in the groups go on, and end at home within 30 h.',
        );
  }
  const looked = Math.max(...facts.map(({ record }) => record?.listedAt ?? record?.writtenAt ?? 0), 0);
  if (looked > 0) {
    const says = `the groups here were last looked at ${utc(looked as Minute)}`;
    if (now - looked <= LATE_RECORD_MINUTES) return ok('alive', says);
    return warn(
      'alive',
      `${says}; nothing ticks now.`,
      'evenkeel run starts it, or deploy it (docs/deploy.md).',
    );
  }
  return warn(
    'alive',
    'Evenkeel has not looked at these groups yet.',
    'evenkeel run starts it, or deploy it (docs/deploy.md).',
  );
}

const STALE_DAYS = 180;

async function prices({ ports, region }: Composition, now: Minute): Promise<Finding | undefined> {
  const entries = await read(async () => (await ports.catalogue?.inRegion(region)) ?? []);
  if ('failed' in entries) return unknown('catalogue', `No prices of ${region}: ${entries.failed}.`);
  const priced = entries.value.flatMap(({ price }) => (price === undefined ? [] : [price.asOf]));
  const newest = priced.toSorted().at(-1);
  if (newest === undefined)
    return warn(
      'catalogue',
      `It has no prices of ${region}: money is not known there.`,
      'Figures come in instance-hours instead.',
    );
  const days = Math.max(0, Math.floor((now - Date.parse(newest) / MS_PER_MINUTE) / MINUTES_PER_DAY));
  const says = `${counted(priced.length, 'price')} of ${region}, the newest ${counted(days, 'day')} old (${newest})`;
  return days <= STALE_DAYS
    ? ok('catalogue', says)
    : warn('catalogue', `${says}.`, 'Install a newer release; prices are refreshed with it.');
}
