import { number, type ShapeRolledBackDecision, shape } from '@evenkeel/core/explain';
import type { Telling } from '../message.ts';
import { bold, code, escaped, when } from '../mrkdwn.ts';

/** The group is back in the old shape. */
export function tellShapeRolledBack(decision: ShapeRolledBackDecision): Telling {
  const { broke } = decision;
  return {
    importance: 'alert',
    sign: 'back',
    headline: `is back on ${bold(decision.back.types[0] ?? 'the old type')}`,
    before: `${escaped(shape(decision.tried))}, tried`,
    after: escaped(shape(decision.back)),
    why: broke
      ? `${reasonOf(decision)}: ${escaped(broke.name)} was ${number(broke.value, 2)}, the limit is ${number(broke.limit, 2)}.`
      : `${reasonOf(decision)}: none of ${number(decision.back.count)} instances keeps the new type.`,
    money: 'back to what it was',
    risk: 'back to what it was',
    next: `This shape is not proposed again before ${when(decision.notBefore)}; what was measured is remembered.`,
    stop: `Nothing to stop. To rule the type out for good: tag ${code('evenkeel:types')}.`,
    once: `shape-rolled-back:${decision.rollout}`,
    buttons: ['why'],
  };
}

const REASONS: Readonly<Record<string, string>> = {
  'canary-worse': 'The canary did worse than promised',
  'no-verdict': 'No verdict came in time',
  'does-not-pay': 'With what the canary measured it would not pay any more',
  'canary-too-large': 'The group grew, and with it the canary, beyond what may be tried',
  'uneven-share': 'At an equal share of requests the smaller instances would be too full',
  alarm: 'An alarm went off',
  capacity: 'AWS had no capacity for the new type',
  cancelled: 'Somebody cancelled the instance refresh',
  deploy: 'A deployment began meanwhile',
  answer: 'Somebody wanted it back',
  failed: 'AWS ended the instance refresh',
};

function reasonOf({ reason }: ShapeRolledBackDecision): string {
  return REASONS[reason] ?? `The reason is ${code(reason)}`;
}
