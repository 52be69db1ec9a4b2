import type { Decision, LedgerEntry } from '@evenkeel/core/explain';
import { tellAdoption } from './kinds/adoption.ts';
import { tellBoost } from './kinds/boost.ts';
import { tellBoostEnded } from './kinds/boost-ended.ts';
import { tellBrake } from './kinds/brake.ts';
import { tellCanaryVerdict } from './kinds/canary-verdict.ts';
import { tellComingShortage } from './kinds/coming-shortage.ts';
import { tellDegraded, tellRecovered } from './kinds/degraded.ts';
import { tellDigest } from './kinds/digest.ts';
import { tellExpectedEvent } from './kinds/expected-event.ts';
import { tellFloorsRecommended } from './kinds/floors-recommended.ts';
import { tellFootingLost, tellFootingRegained } from './kinds/footing.ts';
import { tellGiveBack } from './kinds/give-back.ts';
import { tellHold } from './kinds/hold.ts';
import { tellLaunchShortage } from './kinds/launch-shortage.ts';
import { tellModeOffer } from './kinds/mode-offer.ts';
import { tellReset } from './kinds/reset.ts';
import { tellShapeFinished } from './kinds/shape-finished.ts';
import { tellShapeProposed } from './kinds/shape-proposed.ts';
import { tellShapeRolledBack } from './kinds/shape-rolled-back.ts';
import { tellShapeStarted } from './kinds/shape-started.ts';
import { tellShapeVerified } from './kinds/shape-verified.ts';
import { tellSpotThrashing } from './kinds/spot-thrashing.ts';
import { tellStrategy } from './kinds/strategy.ts';
import { tellTarget } from './kinds/target.ts';
import { tellWriteFailed, tellWriteTaken } from './kinds/write-failed.ts';
import { tellWrongTag } from './kinds/wrong-tag.ts';
import type { Telling } from './message.ts';
import { isOnlyTold } from './phrases.ts';

/** One thing worth a message, with the kind it is: many workloads with the same kind at once are one message. */
export interface Told {
  readonly kind: string;
  readonly telling: Telling;
}

/** What of a ledger entry is worth a message: nothing for routine, which is a line of the day's summary. */
export function tell(entry: LedgerEntry): readonly Told[] {
  const told: Told[] = [];
  for (const excuse of entry.excuses) {
    if (excuse.code === 'wrong-tag') told.push({ kind: 'wrong-tag', telling: tellWrongTag(excuse, entry) });
  }
  const { decision, outcome } = entry;
  if (decision === undefined || outcome?.kind === 'nothing-to-do') return told;
  if (outcome?.kind === 'failed' || outcome?.kind === 'partly-applied') {
    told.push({ kind: 'write-failed', telling: tellWriteFailed(outcome, entry) });
    // What was not written at all must not be told as done.
    if (outcome.kind === 'failed') return told;
  }
  const telling = tellDecision(decision, entry);
  if (telling !== undefined) told.push({ kind: decision.kind, telling });
  else if (outcome?.kind === 'applied' && outcome.after && outcome.after.times >= A_WHILE) {
    told.push({ kind: 'write-taken', telling: tellWriteTaken(outcome.after, entry) });
  }
  return told;
}

/** Refused more than once in a row, it was told for long enough that its end is worth a message. */
const A_WHILE = 2;

/** Reasons to give back that another message has said, or that are routine. */
const SAID_BY_THE_HOLD: ReadonlySet<string> = new Set([
  'paused',
  'human-override',
  'deploy',
  'freeze',
  'resets',
  'owner-target',
]);

/** The telling of a decision; undefined where it is routine or only changes a message that stands. */
function tellDecision(decision: Decision, entry: LedgerEntry): Telling | undefined {
  switch (decision.kind) {
    // Floors that were written are routine: lines of the day's summary. So are the kinds below, and answers change the message
    // they answer.
    case 'floors':
      return isOnlyTold(entry) ? tellFloorsRecommended(decision, entry) : undefined;
    case 'savings':
    case 'shape-reviewed':
    case 'release':
    case 'answer':
      return undefined;
    case 'target':
      return tellTarget(decision, entry);
    case 'strategy':
      return decision.from === decision.to ? undefined : tellStrategy(decision, entry);
    case 'adoption':
      return tellAdoption(decision, entry);
    case 'give-back':
      return SAID_BY_THE_HOLD.has(decision.reason) ? undefined : tellGiveBack(decision, entry);
    case 'shape-proposed':
      return tellShapeProposed(decision, entry);
    case 'shape-started':
      return tellShapeStarted(decision, entry);
    case 'canary-verdict':
      return tellCanaryVerdict(decision);
    case 'shape-finished':
      return tellShapeFinished(decision);
    case 'shape-rolled-back':
      return tellShapeRolledBack(decision);
    case 'shape-verified':
      return tellShapeVerified(decision, entry);
    case 'boost':
      return tellBoost(decision, entry);
    case 'boost-ended':
      return tellBoostEnded(decision, entry);
    case 'launch-shortage':
      return tellLaunchShortage(decision, entry);
    case 'spot-thrashing':
      return tellSpotThrashing(decision, entry);
    case 'coming-shortage':
      return tellComingShortage(decision, entry);
    case 'expected-event':
      return tellExpectedEvent(decision, entry);
    case 'hold':
      // Teams deploy many times a day: routine.
      return decision.hold === 'deploy' ? undefined : tellHold(decision, entry);
    case 'reset':
      return tellReset(decision, entry);
    case 'footing-lost':
      return tellFootingLost(decision, entry);
    case 'footing-regained':
      return tellFootingRegained(decision, entry);
    case 'mode-offer':
      return tellModeOffer(decision, entry);
    case 'degraded':
      return tellDegraded(decision);
    case 'recovered':
      return tellRecovered(decision);
    case 'brake':
      return tellBrake(decision, entry);
    case 'digest':
      return tellDigest(decision);
  }
}
