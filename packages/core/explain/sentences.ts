import type {
  Decision,
  FloorsDecision,
  GiveBackDecision,
  Outcome,
  Refusals,
  SavingsDecision,
  StrategyDecision,
  TargetDecision,
} from './decision.ts';
import { counted, number, percent, utc } from './in-words.ts';
import { holdReason, notableSentence } from './notable-sentence.ts';

/**
 * One sentence in plain text that says what was decided and the numbers that decided it. Of a decision that another version wrote and this
 * one cannot read, it says that.
 */
export function decisionSentence(decision: Decision): string {
  let sentence: string | undefined;
  try {
    sentence = sentenceOf(decision);
  } catch {
    // A field is not there, or not what it is here.
  }
  return sentence ?? `A decision of the kind ${decision.kind}: another version of Evenkeel wrote it.`;
}

function sentenceOf(decision: Decision): string {
  switch (decision.kind) {
    case 'floors':
      return floorsSentence(decision);
    case 'target':
      return targetSentence(decision);
    case 'strategy':
      return strategySentence(decision);
    case 'adoption': {
      const { homeMinSize, homeTarget } = decision;
      const target = homeTarget === undefined ? '' : `, CPU target ${number(homeTarget)} %`;
      return `Home is MinSize ${homeMinSize}${target}: the owner's own, to which every plan returns.`;
    }
    case 'give-back':
      return giveBackSentence(decision);
    case 'savings':
      return savingsSentence(decision);
    default:
      return notableSentence(decision);
  }
}

function floorsSentence({
  floorBefore,
  floorNow,
  needNow,
  demandNow,
  peak,
  strategy,
}: FloorsDecision): string {
  const change =
    floorBefore === floorNow
      ? `The floor stays at ${counted(floorNow, 'instance')}`
      : `The floor goes ${floorBefore} → ${counted(floorNow, 'instance')}`;
  const now =
    needNow === undefined || demandNow === undefined
      ? 'present demand is not known'
      : `demand of ${number(demandNow)} needs ${number(needNow)} now`;
  const ahead = peak.floor > floorNow ? `, and ${peak.floor} are planned from ${utc(peak.at).slice(11)}` : '';
  return `${change}: ${now}${ahead} (${strategy}).`;
}

function targetSentence({ from, to, owner, asks }: TargetDecision): string {
  const change = `CPU target ${number(from)} % → ${number(to)} % (the owner's own is ${number(owner)} %)`;
  if (asks) return `${change}: waits for an answer until ${utc(asks.expires)}.`;
  return `${change}: held by a lease, after which AWS gives the owner's target back by itself.`;
}

function strategySentence({ from, to, score, ownerScore, runnerUp, historyDays }: StrategyDecision): string {
  const better = ownerScore > 0 ? 1 - score / ownerScore : 0;
  const compared = `replayed on ${counted(historyDays, 'day')} of history its risk-adjusted cost is ${percent(better, 1)} below the owner's own configuration`;
  const next = `the runner-up, ${runnerUp.strategy}, is ${percent(Math.max(0, runnerUp.score / score - 1), 1)} dearer`;
  if (from === to) return `The strategy is ${to}: ${compared}; ${next}.`;
  return `The strategy is ${to} instead of ${from}: ${compared}; ${next}.`;
}

function savingsSentence({
  instanceHours,
  hotMinutes,
  replayError,
  verified,
  from,
}: SavingsDecision): string {
  const { before, after } = instanceHours;
  const share = before > 0 ? (before - after) / before : 0;
  const saved = share >= 0 ? `${percent(share, 1)} saved` : `${percent(-share, 1)} more used`;
  return (
    `${utc(from).slice(0, 10)}: ${number(after)} instance-hours were used, the owner's configuration would have used ${number(before)} on the same demand ` +
    `(${saved}, ${verified ? 'verified' : 'unverified'}; the replay is off by ${percent(Math.abs(replayError), 1)}); ` +
    `hot minutes ${number(hotMinutes.after)}, with the owner's ${number(hotMinutes.before)}.`
  );
}

const GIVE_BACK_REASONS: Readonly<Record<string, string>> = {
  'mode-off': 'Evenkeel was switched off for it',
  'no-policy': 'it has no scaling policy any more, and nothing would take away again what a floor adds',
  'wrong-tag': 'somebody changed it while its tags are wrong',
  'mode-does-not-allow': 'its mode allows no writing',
  'not-ours': 'somebody else operates it',
  'no-profile': 'there is no profile to rely on',
  'owner-target': "the owner's own target is the best there is",
  'tag-gone': 'its tag evenkeel:workload is gone',
  'lost-footing': 'its demand could not be trusted for too long',
  'wanted-back': 'somebody wanted its own target back',
  'replay-does-not-match': 'the replay does not match what happens',
  'policy-not-tunable': 'its scaling policies are not what they were when the target was tuned',
};

/** Why something was given back, as half a sentence. */
export function giveBackReason(reason: string): string {
  return GIVE_BACK_REASONS[reason] ?? `${holdReason(reason, 'its owner')}`;
}

function giveBackSentence({ reason }: GiveBackDecision): string {
  return `Pending steps and a tuned target were taken back, because ${giveBackReason(reason)}.`;
}

/** What came of a decision, as an appendix to its sentence; empty where it was simply done. */
export function outcomeSentence(outcome: Outcome | undefined): string {
  switch (outcome?.kind) {
    case undefined:
      return '';
    case 'applied':
      return outcome.after === undefined
        ? ''
        : `done, after AWS had refused it ${refusalsInWords(outcome.after)}`;
    case 'partly-applied':
      return `done in part; refused: ${outcome.failures.map(({ name, message }) => `${name} (${message})`).join(', ')}`;
    case 'failed':
      return `failed${outcome.again === undefined ? '' : ` ${refusalsInWords(outcome.again)}`}: ${outcome.message}`;
    case 'told':
      return `told only: ${outcome.because.replaceAll('-', ' ')}`;
    case 'nothing-to-do':
      return 'there was nothing to do';
  }
}

/** `287 times since 2026-03-01 00:05 UTC`. */
export function refusalsInWords({ times, since }: Refusals): string {
  return `${counted(times, 'time')} since ${utc(since)}`;
}

/** A decision and what came of it in one line: `The floor goes 2 → 4 …. [told only: mode does not allow]`. */
export function decisionWithOutcome(decision: Decision, outcome: Outcome | undefined): string {
  const came = outcomeSentence(outcome);
  return came === '' ? decisionSentence(decision) : `${decisionSentence(decision)} [${came}]`;
}
