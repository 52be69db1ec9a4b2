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
      ? `${escaped(broke.name)} was ${number(broke.value, 2)}, the limit is ${number(broke.limit, 2)} (${code(decision.reason)}).`
      : `The reason is ${code(decision.reason)}: 0 instances keep the new type, ${number(decision.back.count)} have the old one.`,
    money: 'back to what it was',
    risk: 'back to what it was',
    next: `This shape is not proposed again before ${when(decision.notBefore)}; what was measured is remembered.`,
    stop: `Nothing to stop. To rule the type out for good: tag ${code('evenkeel:types')}.`,
    once: `shape-rolled-back:${decision.rollout}`,
    buttons: ['why'],
  };
}
