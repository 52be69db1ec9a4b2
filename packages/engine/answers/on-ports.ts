import { number, utc } from '@evenkeel/core/explain';
import { type Instant, type Minute, minuteOf } from '@evenkeel/core/quantities';
import {
  type Approvals,
  type ExpectedEvent,
  type GroupRef,
  groupScope,
  type Ports,
  type WakeRollout,
  workloadScope,
} from '../ports/index.ts';
import { BOOST_BY_PERSON, comingOf, isBoost, withExpected } from '../run/expected.ts';
import { type Action, type Actions, done, type Performed } from './actions.ts';
import { answerProposal } from './answer-proposal.ts';
import { type Directory, type KnownGroup, refsOf } from './directory.ts';
import { lookAtPlan, lookAtStatus, lookAtWhy } from './look.ts';

export interface ActionOptions {
  readonly ports: Pick<Ports, 'holds' | 'settings' | 'ledger' | 'records' | 'documents'>;
  readonly directory: Directory;
  readonly now: () => Instant;
  /** Has the groups looked at without waiting for the next tick: what was asked for is seen within a minute (S11). */
  readonly soon: (groups: readonly GroupRef[]) => Promise<void>;
  /** Takes a yes to a target that was asked for; absent where nothing changes targets. Twice is once. */
  readonly approveTarget?: (
    ref: GroupRef,
    to: number,
    now: Instant,
  ) => Promise<'accepted' | 'expired' | 'changed-meanwhile'>;
  /** Gives the owner's target back and leaves it alone for a while; absent where nothing changes targets. Twice is once. */
  readonly wantTargetBack?: (
    ref: GroupRef,
    by: string,
    now: Instant,
  ) => Promise<{ readonly kind: 'given-back' | 'owner-stands' | 'group-gone'; readonly until: Minute }>;
  /** Where rollouts ask and look for answers; absent where no shapes are changed. */
  readonly approvals?: Approvals;
  /** Wakes the workflow that waits for an answer; absent where none does. */
  readonly wake?: WakeRollout;
}

/** What people may set off, on the engine's ports. Each may be done twice with one effect. */
export function createActions(options: ActionOptions): Actions {
  const { directory, now } = options;
  return {
    perform: (action) => perform(options, action),
    status: async (workload) => {
      const groups = workload === undefined ? await directory.all() : await directory.of(workload);
      return lookAtStatus(options.ports, groups, minuteOf(now()));
    },
    why: async (workload) => lookAtWhy(options.ports, workload, await directory.of(workload)),
    plan: async (workload) => lookAtPlan(options.ports, await directory.of(workload), minuteOf(now())),
  };
}

async function perform(options: ActionOptions, action: Action): Promise<Performed> {
  switch (action.kind) {
    case 'pause':
      return pause(options, action);
    case 'resume':
      return resume(options, action);
    case 'off':
      return off(options, action.workload);
    case 'release':
      return release(options, action.workload);
    case 'boost':
      return boost(options, action);
    case 'end-boost':
      return forget(options, action.workload, isBoost, 'boost');
    case 'expect':
      return expect(options, action);
    case 'cancel-expected':
      return forget(
        options,
        action.workload,
        (event) => event.name === action.name,
        `expected event “${action.name}”`,
      );
    case 'approve':
    case 'reject':
    case 'roll-back':
      return answerProposal(options, action);
  }
}

async function pause(options: ActionOptions, action: Extract<Action, { kind: 'pause' }>): Promise<Performed> {
  const { workload, until, note, by } = action;
  const groups = await groupsOf(options, workload);
  await options.ports.holds.place({
    kind: 'paused',
    scope: workloadScope(workload),
    since: minuteOf(options.now()),
    by,
    ...(until !== undefined && { until }),
    ...(note !== undefined && { note }),
  });
  await options.soon(refsOf(groups));
  return done(
    `${nameOf(workload)} paused: pending floors are taken away within a minute and your own target comes back.`,
  );
}

async function resume(
  options: ActionOptions,
  { workload }: Extract<Action, { kind: 'resume' }>,
): Promise<Performed> {
  const groups = await groupsOf(options, workload);
  const { holds } = options.ports;
  await holds.lift(workloadScope(workload), 'paused');
  if (workload !== undefined) await liftGroupHolds(options, groups);
  await options.soon(refsOf(groups));
  return done(`${nameOf(workload)} resumed: the plan is written anew within a minute.`);
}

async function off(options: ActionOptions, workload: string): Promise<Performed> {
  const { settings } = options.ports;
  await settings.save(workload, { ...(await settings.load(workload)), mode: 'off' });
  await options.soon(refsOf(await groupsOf(options, workload)));
  return done(`Off: ${workload} is its owner's alone, and MinSize is back home within two minutes.`);
}

async function release(options: ActionOptions, workload: string): Promise<Performed> {
  const groups = await groupsOf(options, workload);
  await liftGroupHolds(options, groups);
  await options.soon(refsOf(groups));
  return done(`The hold on ${workload} is released: the plan is written anew within a minute.`);
}

/** The holds that a person may lift: another's change and too many resets. Pauses are lifted by name. */
async function liftGroupHolds({ ports }: ActionOptions, groups: readonly KnownGroup[]): Promise<void> {
  for (const { ref } of groups) {
    const scope = groupScope(ref);
    await ports.holds.lift(scope, 'human-override');
    await ports.holds.lift(scope, 'resets');
  }
}

function boost(options: ActionOptions, action: Extract<Action, { kind: 'boost' }>): Promise<Performed> {
  const { add, factor = 1, until, by } = action;
  const from = minuteOf(options.now());
  const more = { factor, ...(add !== undefined && { add }) };
  const event: ExpectedEvent = { name: `${BOOST_BY_PERSON}${by}`, from, until, ...more, askedAt: from, by };
  const much = add === undefined ? `${number(factor, 2)} times its present size` : `${add} instances more`;
  return remember(
    options,
    action.workload,
    event,
    `${action.workload} gets ${much} until ${utc(until)}, within its bounds.`,
  );
}

function expect(options: ActionOptions, action: Extract<Action, { kind: 'expect' }>): Promise<Performed> {
  const { name, from, until, factor, by } = action;
  const event: ExpectedEvent = { name, from, until, factor, askedAt: minuteOf(options.now()), by };
  return remember(
    options,
    action.workload,
    event,
    `${action.workload} expects “${name}”: floors rise ahead of it, within its bounds.`,
  );
}

async function remember(
  options: ActionOptions,
  workload: string,
  event: ExpectedEvent,
  said: string,
): Promise<Performed> {
  const { settings } = options.ports;
  const standing = await settings.load(workload);
  const expected = withExpected(standing.expected, event, minuteOf(options.now()));
  await settings.save(workload, { ...standing, expected });
  await options.soon(refsOf(await groupsOf(options, workload)));
  return done(said);
}

async function forget(
  options: ActionOptions,
  workload: string,
  fits: (event: ExpectedEvent) => boolean,
  what: string,
): Promise<Performed> {
  const { settings } = options.ports;
  const standing = await settings.load(workload);
  const coming = comingOf(standing.expected, minuteOf(options.now()));
  const rest = standing.expected.filter((event) => !(fits(event) && coming.includes(event)));
  if (rest.length === standing.expected.length) {
    return { kind: 'refused', because: 'not-there', said: `${workload} has no ${what} now.` };
  }
  await settings.save(workload, { ...standing, expected: rest });
  await options.soon(refsOf(await groupsOf(options, workload)));
  return done(`The ${what} of ${workload} is over; the floor falls back to the plan.`);
}

async function groupsOf(
  { directory }: ActionOptions,
  workload: string | undefined,
): Promise<readonly KnownGroup[]> {
  return workload === undefined ? directory.all() : directory.of(workload);
}

function nameOf(workload: string | undefined): string {
  return workload === undefined ? 'Everything is' : `${workload} is`;
}
