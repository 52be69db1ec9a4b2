import type { Decision } from '@evenkeel/core/explain';
import type { HoldScope } from '@evenkeel/core/guard';
import { type Instant, minuteOf } from '@evenkeel/core/quantities';
import {
  type Approvals,
  type ExpectedEvent,
  type GroupRef,
  groupKey,
  type Ports,
} from '@evenkeel/engine/ports';
import type { Action, Actions, Performed } from './actions.ts';
import { type Directory, type KnownGroup, refsOf } from './directory.ts';
import { lookAtPlan, lookAtStatus, lookAtWhy } from './look.ts';

export interface ActionOptions {
  readonly ports: Pick<Ports, 'holds' | 'settings' | 'ledger' | 'records'>;
  readonly directory: Directory;
  readonly now: () => Instant;
  /** Has the groups looked at without waiting for the next tick: what was asked for is seen within a minute (S11). */
  readonly soon: (groups: readonly GroupRef[]) => Promise<void>;
  /** Where rollouts ask and look for answers; absent where no shapes are changed. */
  readonly approvals?: Approvals;
  /** Wakes a workflow that waits for an answer at this address. */
  readonly wake?: (callback: string) => Promise<void>;
}

/** An answer to something Evenkeel proposed or began. */
export type Proposal = Extract<Action, { kind: 'approve' | 'reject' | 'roll-back' }>;

/** How far back a proposal is looked for. */
const RECENT = 300;

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
    case 'release':
      return release(options, action.workload);
    case 'boost':
      return boost(options, action);
    case 'end-boost':
      return forget(
        options,
        action.workload,
        (event) => event.name.startsWith(BOOST) || event.name.startsWith('alarm '),
        'boost',
      );
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
    scope: scopeOf(workload),
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
  await holds.lift(scopeOf(workload), 'paused');
  if (workload !== undefined) await liftGroupHolds(options, groups);
  await options.soon(refsOf(groups));
  return done(`${nameOf(workload)} resumed: the plan is written anew within a minute.`);
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
    const scope: HoldScope = { kind: 'group', group: groupKey(ref) };
    await ports.holds.lift(scope, 'human-override');
    await ports.holds.lift(scope, 'resets');
  }
}

const BOOST = 'boost by ';

function boost(options: ActionOptions, action: Extract<Action, { kind: 'boost' }>): Promise<Performed> {
  const { add, until, by } = action;
  const from = minuteOf(options.now());
  const event: ExpectedEvent = { name: `${BOOST}${by}`, from, until, factor: 1, add, askedAt: from, by };
  return remember(
    options,
    action.workload,
    event,
    `${action.workload} gets ${add} instances more for now, within its bounds.`,
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
  const others = standing.expected.filter(
    ({ name, until }) => name !== event.name && until > minuteOf(options.now()),
  );
  await settings.save(workload, { ...standing, expected: [...others, event] });
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
  const rest = standing.expected.filter((event) => !fits(event));
  if (rest.length === standing.expected.length) {
    return { kind: 'refused', because: 'not-there', said: `${workload} has no ${what} now.` };
  }
  await settings.save(workload, { ...standing, expected: rest });
  await options.soon(refsOf(await groupsOf(options, workload)));
  return done(`The ${what} of ${workload} is over; the floor falls back to the plan.`);
}

async function answerProposal(options: ActionOptions, action: Proposal): Promise<Performed> {
  const { ledger, settings } = options.ports;
  const entries = await ledger.recent({ workload: action.workload, limit: RECENT });
  const entry = entries.find(({ id }) => id === action.entry);
  if (entry === undefined)
    return {
      kind: 'refused',
      because: 'changed-meanwhile',
      said: 'That proposal is not in the ledger any more.',
    };
  const { decision } = entry;
  if (decision?.kind === 'mode-offer') {
    if (action.kind === 'approve') {
      await settings.save(action.workload, { ...(await settings.load(action.workload)), mode: decision.to });
      await options.soon(refsOf(await groupsOf(options, action.workload)));
      return done(
        `${action.workload} is in mode ${decision.to} from now on, where its tag does not say otherwise.`,
      );
    }
    return done(`${action.workload} stays in mode ${decision.from}.`);
  }
  if (options.approvals !== undefined && decision !== undefined) {
    const answered = await answerRollout(options, options.approvals, { action, decision });
    if (answered !== undefined) return answered;
  }
  // A no needs nothing but to be recorded: nothing is written without a yes.
  if (action.kind === 'reject') return done('Rejected; nothing is written.');
  return {
    kind: 'refused',
    because: 'not-available',
    said: `This cannot be done from Slack here. With the tag evenkeel:mode=auto on ${action.workload} Evenkeel does it by itself.`,
  };
}

/** Answers of rollouts; undefined where the decision is none of theirs. */
async function answerRollout(
  { now, wake }: ActionOptions,
  approvals: Approvals,
  { action, decision }: { readonly action: Proposal; readonly decision: Decision },
): Promise<Performed | undefined> {
  if (action.kind === 'roll-back') {
    if (!('rollout' in decision)) return undefined;
    await approvals.wantBack(decision.rollout, action.by);
    return done(`${action.workload} goes back to its old instances, one after the other.`);
  }
  if (decision.kind !== 'shape-proposed') return undefined;
  const answer = action.kind === 'approve' ? 'approved' : 'rejected';
  const reception = await approvals.answer(action.entry, { answer, by: action.by, at: minuteOf(now()) });
  const standing = await approvals.read(action.entry);
  // The same answer once more (a delivery that was cut off) is the same answer.
  const isMine = standing?.state === answer && standing.by === action.by;
  if (reception !== 'taken' && !isMine) {
    return {
      kind: 'refused',
      because: reception,
      said: 'That question is not open any more; nothing was changed by this answer.',
    };
  }
  if (standing?.callback !== undefined) await wake?.(standing.callback);
  return done(
    answer === 'approved'
      ? 'Approved: it is looked at anew, then the canary starts.'
      : 'Rejected; nothing is written.',
  );
}

async function groupsOf(
  { directory }: ActionOptions,
  workload: string | undefined,
): Promise<readonly KnownGroup[]> {
  return workload === undefined ? directory.all() : directory.of(workload);
}

function scopeOf(workload: string | undefined): HoldScope {
  return workload === undefined ? { kind: 'everything' } : { kind: 'workload', workload };
}

function nameOf(workload: string | undefined): string {
  return workload === undefined ? 'Everything is' : `${workload} is`;
}

function done(said: string): Performed {
  return { kind: 'done', said };
}
