import { type LedgerEntry, utc } from '@evenkeel/core/explain';
import { MINUTES_PER_DAY, type Minute, minuteOf } from '@evenkeel/core/quantities';
import { entriesBack, isAbout } from '../ledger/index.ts';
import { type Action, done, type Performed } from './actions.ts';
import { answerRollout } from './answer-rollout.ts';
import { type KnownGroup, refsOf } from './directory.ts';
import type { ActionOptions } from './on-ports.ts';

/** An answer to something Evenkeel proposed or began. */
export type Proposal = Extract<Action, { kind: 'approve' | 'reject' | 'roll-back' }>;

/** As long as Slack's buttons are known. */
const ANSWERED_MINUTES = 30 * MINUTES_PER_DAY;

/** Takes a person's answer to what the ledger says was proposed. */
export async function answerProposal(options: ActionOptions, action: Proposal): Promise<Performed> {
  const { settings } = options.ports;
  const entry = await entryOf(options, action);
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
      await options.soon(refsOf(await options.directory.of(action.workload)));
      return done(
        `${action.workload} is in mode ${decision.to} from now on, where its tag does not say otherwise.`,
      );
    }
    return done(`${action.workload} stays in mode ${decision.from}.`);
  }
  if (options.wantTargetBack !== undefined && decision?.kind === 'target' && action.kind === 'roll-back') {
    return takeTargetBack(options, action, entry);
  }
  if (options.approveTarget !== undefined && decision?.kind === 'target' && decision.asks !== undefined) {
    return answerTarget(options, action, { entry, to: decision.to, expires: decision.asks.expires });
  }
  if (options.approvals !== undefined) {
    const answered = await answerRollout(options, options.approvals, { action, entry });
    if (answered !== undefined) return answered;
  }
  // A no needs nothing but to be recorded: nothing is written without a yes.
  if (action.kind === 'reject') return done('Rejected; nothing is written.');
  return {
    kind: 'refused',
    because: 'not-available',
    said: `This cannot be answered here. With the tag evenkeel:mode=auto on ${action.workload} Evenkeel does it by itself.`,
  };
}

async function entryOf({ ports, now }: ActionOptions, action: Proposal): Promise<LedgerEntry | undefined> {
  const { workload } = action;
  const since = (minuteOf(now()) - ANSWERED_MINUTES) as Minute;
  for await (const entry of entriesBack(ports.ledger, { workload, since })) {
    if (entry.id === action.entry) return entry;
  }
  return undefined;
}

/** Answers to a proposed target: a yes is noted, and the next tick, which is had at once, does it under all its rules. */
async function answerTarget(
  options: ActionOptions,
  action: Proposal,
  asked: { readonly entry: LedgerEntry; readonly to: number; readonly expires: Minute },
): Promise<Performed> {
  if (action.kind !== 'approve') return done('Rejected; the target stays as it is.');
  const { entry, to, expires } = asked;
  const group = await groupOf(options, entry);
  const now = options.now();
  const state =
    group === undefined
      ? 'changed-meanwhile'
      : expires <= minuteOf(now)
        ? 'expired'
        : await options.approveTarget!(group.ref, to, now);
  if (state === 'expired') {
    return { kind: 'refused', because: 'expired', said: 'That offer has ended; nothing was written.' };
  }
  if (group === undefined || state === 'changed-meanwhile') {
    const said = 'Another target, or none, is proposed by now; nothing was written by this answer.';
    return { kind: 'refused', because: 'changed-meanwhile', said };
  }
  await options.soon([group.ref]);
  return done(
    `Approved: the CPU target of ${entry.group} goes to ${to} % as soon as holds and window allow it.`,
  );
}

/** The owner's target comes back at once; the answer comes from who wants it, so it is left alone for a while. */
async function takeTargetBack(
  options: ActionOptions,
  action: Proposal,
  entry: LedgerEntry,
): Promise<Performed> {
  const group = await groupOf(options, entry);
  const back = group && (await options.wantTargetBack!(group.ref, action.by, options.now()));
  if (back === undefined || back.kind === 'group-gone') {
    return { kind: 'refused', because: 'changed-meanwhile', said: `${entry.group} does not exist any more.` };
  }
  const until = `it is left alone until ${utc(back.until)}`;
  return done(
    back.kind === 'given-back'
      ? `The owner's CPU target of ${entry.group} is given back within a minute; ${until}.`
      : `The owner's CPU target of ${entry.group} stands; ${until}.`,
  );
}

/** The group that an entry is about, where it still exists. */
async function groupOf({ directory }: ActionOptions, entry: LedgerEntry): Promise<KnownGroup | undefined> {
  const groups = await directory.of(entry.workload);
  return groups.find(({ ref }) => isAbout(ref, entry));
}
