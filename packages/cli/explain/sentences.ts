import {
  type AdoptionDecision,
  type Decision,
  type Excuse,
  type FloorsDecision,
  notableSentence,
  number,
  type Outcome,
  percent,
  type StrategyDecision,
  type TargetDecision,
  utc,
} from '@evenkeel/core/explain';

/** One sentence: what was decided and the numbers that decided it. */
export function decisionSentence(decision: Decision): string {
  if (decision.kind === 'floors') return floorsSentence(decision);
  if (decision.kind === 'strategy') return strategySentence(decision);
  if (decision.kind === 'target') return targetSentence(decision);
  if (decision.kind === 'adoption') return adoptionSentence(decision);
  if (decision.kind === 'give-back') return `Given back to its owner's configuration: ${decision.reason}.`;
  return notableSentence(decision);
}

function targetSentence({ from, to, owner }: TargetDecision): string {
  return `CPU target ${number(from)} % → ${number(to)} %; the owner's own is ${number(owner)} %, and AWS gives it back by itself unless the lease is renewed.`;
}

function adoptionSentence({ homeMinSize, homeTarget }: AdoptionDecision): string {
  const target = homeTarget === undefined ? '' : ` and CPU target ${number(homeTarget)} %`;
  return `Taken on: MinSize ${homeMinSize}${target} are recorded as home.`;
}

function floorsSentence({ floorBefore, floorNow, needNow, demandNow, peak }: FloorsDecision): string {
  const change =
    floorBefore === floorNow ? `Floor stays at ${floorNow}` : `Floor ${floorBefore} → ${floorNow}`;
  const now =
    needNow === undefined || demandNow === undefined
      ? 'present demand is not known'
      : `demand is ${number(demandNow)}, which needs ${number(Math.ceil(needNow))} now`;
  const ahead = peak.floor > floorNow ? `; the plan rises to ${peak.floor} at ${utc(peak.at).slice(11)}` : '';
  return `${change}: ${now}${ahead}.`;
}

function strategySentence(decision: StrategyDecision): string {
  const { from, to, score, ownerScore, runnerUp, historyDays } = decision;
  const replayed = `replayed on ${historyDays} days it costs ${percent(1 - score / ownerScore, 1)} less than the owner's own configuration`;
  const next = `runner-up ${runnerUp.strategy}, ${percent(Math.max(0, runnerUp.score / score - 1), 1)} dearer`;
  if (from === to) return `Plans with ${to}, the owner's own; ${next}.`;
  return `Plans with ${to} instead of ${from}: ${replayed} (risk-adjusted; ${next}).`;
}

/** One sentence: what was not done, what limits it, and the numbers. */
export function excuseSentence({ code, bottleneck, facts }: Excuse): string {
  const numbers = Object.entries(facts).map(
    ([name, value]) => `${name} ${typeof value === 'number' ? number(value, 2) : value}`,
  );
  const with_ = numbers.length > 0 ? ` (${numbers.join(', ')})` : '';
  return `${code.replaceAll('-', ' ')}, limited by ${bottleneck}${with_}.`;
}

/** What came of a decision, in a word or a sentence. */
export function outcomeSentence(outcome: Outcome | undefined): string {
  switch (outcome?.kind) {
    case undefined:
      return '';
    case 'applied':
      return 'done';
    case 'partly-applied':
      return `done in part, refused: ${outcome.failures.map(({ name, message }) => `${name} (${message})`).join(', ')}`;
    case 'failed':
      return `failed: ${outcome.message}`;
    case 'told':
      return `told only: ${outcome.because}`;
    case 'nothing-to-do':
      return 'nothing to do';
  }
}
