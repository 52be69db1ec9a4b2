import {
  type CanaryVerdictDecision,
  counted,
  duration,
  findingInWords,
  number,
  percent,
  shape,
} from '@evenkeel/core/explain';
import type { Telling } from '../message.ts';
import { escaped } from '../mrkdwn.ts';

const HEADLINES: Readonly<Record<CanaryVerdictDecision['verdict'], string>> = {
  better: 'the canary does better than promised',
  same: 'the canary does what was promised',
  worse: 'the canary does worse than promised',
  'too-little-data': 'the canary saw too little load to judge',
};

/** What the canary measured, and what follows. */
export function tellCanaryVerdict(decision: CanaryVerdictDecision): Telling {
  const finishes = decision.next === 'finish';
  const factor = decision.performanceFactor;
  return {
    importance: finishes ? 'change' : 'alert',
    sign: finishes ? 'good' : 'back',
    headline: `${headlineOf(decision)}: ${finishes ? 'the change goes on' : 'the group goes back'}`,
    before:
      factor === undefined
        ? 'a promise of the catalogue'
        : `promised ${number(factor.before, 2)} x the work per vCPU`,
    after:
      factor === undefined
        ? 'nothing measured that counts'
        : `measured ${number(factor.after, 2)} x the work per vCPU`,
    why: whyOf(decision),
    money: finishes ? 'as proposed, corrected by what was measured' : 'back to what it was',
    risk: finishes
      ? 'the rest follows in steps, new instances before old ones go; alarms still roll back'
      : 'none lasting: the old type comes back before the new one goes',
    next: finishes
      ? `All instances become ${escaped(shape(decision.to))}.`
      : `All instances return to ${escaped(shape(decision.from))}; what was measured is remembered.`,
    stop: finishes ? 'Press Roll back.' : 'Nothing to stop: going back is the safe way.',
    once: `canary-verdict:${decision.rollout}`,
    rollout: decision.rollout,
    buttons: finishes ? ['roll-back', 'why'] : ['why'],
  };
}

/** What a canary was worse in, where it was not the work it does. */
const WORSE_IN: Readonly<Record<NonNullable<CanaryVerdictDecision['decidedBy']>, string>> = {
  work: HEADLINES.worse,
  latency: 'the canary answers slower',
  errors: 'more requests fail on the canary',
  memory: 'the canary runs out of memory',
  health: 'the canary is not healthy',
};

function headlineOf({ verdict, decidedBy = 'work' }: CanaryVerdictDecision): string {
  return verdict === 'worse' ? WORSE_IN[decidedBy] : HEADLINES[verdict];
}

/** What was compared, how sure it is, and every dimension with its number. */
function whyOf(decision: CanaryVerdictDecision): string {
  const { canaryInstances, groupInstances, measuredFor, confidence, findings = [] } = decision;
  const factor = decision.performanceFactor;
  const among = groupInstances === undefined ? '' : ` of ${number(groupInstances)}`;
  const compared = `${counted(canaryInstances, 'instance')}${among} measured for ${duration(measuredFor)}, confidence ${percent(confidence)}`;
  const all = findings.filter(({ dimension, outcome }) => dimension !== 'work' && outcome !== 'not-measured');
  const others = all.length === 0 ? '' : ` Besides: ${all.map(findingInWords).join('; ')}.`;
  return factor === undefined
    ? `${compared}: too little to tell ${number(canaryInstances)} new instances from the old ones.${others}`
    : `${number(factor.after, 2)} x was measured and ${number(factor.before, 2)} x promised (${compared}).${others}`;
}
