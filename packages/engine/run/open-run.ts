import { tunablePolicy } from '@evenkeel/core/guard';
import { HOME_STEP_NAME, isOurs, type ScheduledAction } from '@evenkeel/core/plan';
import { type Instant, type Minute, minuteOf } from '@evenkeel/core/quantities';
import { WORKLOAD_TAG } from '@evenkeel/core/workload';
import type { GroupRecord, GroupSnapshot, Home, Lease, Ports } from '../ports/index.ts';
import { loadRecord } from './load-record.ts';
import { decisionId, firstStartAt, type Run } from './run.ts';
import type { EngineSettings } from './settings.ts';

/** Begins a use case on a group: reads what Evenkeel remembers of it, or adopts it at first sight. */
export async function openRun(options: {
  readonly useCase: Run['useCase'];
  readonly ports: Ports;
  readonly group: GroupSnapshot;
  readonly now: Instant;
  readonly settings: EngineSettings;
}): Promise<Run> {
  const { ports, group, now } = options;
  const known = await loadRecord(ports, group.ref);
  const loaded = known && isOfThisGroup(known, group) ? known : undefined;
  // S2: an earlier group of this name had another home, and its lease would give back a policy that is not this one's.
  if (known && !loaded) await ports.targets.endLease(group.ref, { decisionId: adoptionId(options) });
  const record = loaded ?? (await adopt(options));
  return {
    ...options,
    minute: minuteOf(now),
    firstStart: firstStartAt(now),
    loaded,
    record,
    workload: group.tags[WORKLOAD_TAG] ?? '',
    entries: [],
    excuses: [],
    refused: [],
  };
}

function isOfThisGroup(record: GroupRecord, { createdAt, readAt }: GroupSnapshot): boolean {
  // A creation that lies ahead is a clock that is wrong: it says nothing.
  return createdAt === undefined || createdAt <= record.adoptedAt || createdAt > readAt;
}

/** The id of the entry that tells the adoption (S27). */
function adoptionId({ useCase, group, now }: Pick<Run, 'useCase' | 'group' | 'now'>): string {
  return decisionId({ useCase, group, minute: minuteOf(now) }, 'adoption');
}

/** Ways home and leases are due at most so long after they were written (S3, S8): what they say is not older. */
const LONGEST_AHEAD_MINUTES = 30 * 60;

/**
 * S2, S3: the owner's MinSize is what stands at first sight, or what the home step says where one stands: then the record was lost
 * and MinSize may be a floor of ours. The same goes for the target, which a standing lease remembers. What the owner changed since those
 * were written, the trail tells.
 */
async function adopt(options: Parameters<typeof openRun>[0]): Promise<GroupRecord> {
  const { ports, group, now } = options;
  const actions = await ports.scheduledActions.list(group.ref);
  const tunable = tunablePolicy(group.policies);
  const standing = tunable.kind === 'tunable' ? tunable.policy : undefined;
  const lease = await standingLease(options);
  const policy = lease?.owner ?? standing;
  const homeStep = homeStepOf(actions);
  const home: Home = {
    minSize: homeStep?.minSize ?? group.size.min,
    ...(policy === undefined ? {} : { policy }),
  };
  const trailFrom = homeStep && ((homeStep.start - LONGEST_AHEAD_MINUTES) as Minute);
  return {
    home,
    adoptedAt: minuteOf(now),
    written: actions.filter(isOurs),
    ownerActions: actions.filter((action) => !isOurs(action)),
    listedAt: minuteOf(now),
    minSizeSeen: group.size.min,
    ...(trailFrom === undefined ? {} : { trailFrom, trailReadAt: trailFrom }),
    ...(lease === undefined ? {} : { target: standing?.target ?? lease.owner.target }),
  };
}

/** The lease, unless the owner changed the policy since it was written: then what stands is theirs, and it is ended. */
async function standingLease(options: Parameters<typeof openRun>[0]): Promise<Lease | undefined> {
  const { ports, group } = options;
  const lease = await ports.targets.lease(group.ref);
  if (lease === undefined) return undefined;
  const since = (lease.due - LONGEST_AHEAD_MINUTES) as Minute;
  // A trail that cannot be read says nothing, as if there were none.
  const changes = await ports.activity.changes(group.ref, since).catch(() => undefined);
  if (!changes?.some(({ by, field }) => field === 'policy' && by !== 'evenkeel')) return lease;
  await ports.targets.endLease(group.ref, { decisionId: adoptionId(options) });
  return undefined;
}

/** The home step among a group's actions. */
export function homeStepOf(actions: readonly ScheduledAction[]): ScheduledAction | undefined {
  return actions.find((action) => action.name === HOME_STEP_NAME);
}
