import {
  type CanaryVerdictDecision,
  counted,
  duration,
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
  const compared =
    `${counted(decision.canaryInstances, 'instance')} measured for ${duration(decision.measuredFor)}, ` +
    `confidence ${percent(decision.confidence)}`;
  return {
    importance: finishes ? 'change' : 'alert',
    sign: finishes ? 'good' : 'back',
    headline: `${HEADLINES[decision.verdict]}: ${finishes ? 'the change goes on' : 'the group goes back'}`,
    before:
      factor === undefined
        ? 'a promise of the catalogue'
        : `promised ${number(factor.before, 2)} x the work per vCPU`,
    after:
      factor === undefined
        ? 'nothing measured that counts'
        : `measured ${number(factor.after, 2)} x the work per vCPU`,
    why:
      factor === undefined
        ? `${compared}: too little to tell ${number(decision.canaryInstances)} new instances from the old ones.`
        : `${number(factor.after, 2)} x was measured and ${number(factor.before, 2)} x promised (${compared}).`,
    money: finishes ? 'as proposed, corrected by what was measured' : 'back to what it was',
    risk: finishes
      ? 'the rest follows in steps, new instances before old ones go; alarms still roll back'
      : 'none lasting: the old type comes back before the new one goes',
    next: finishes
      ? `All instances become ${escaped(shape(decision.to))}.`
      : `All instances return to ${escaped(shape(decision.from))}; what was measured is remembered.`,
    stop: finishes ? 'Press Roll back.' : 'Nothing to stop: going back is the safe way.',
    once: `canary-verdict:${decision.rollout}`,
    buttons: finishes ? ['roll-back', 'why'] : ['why'],
  };
}
