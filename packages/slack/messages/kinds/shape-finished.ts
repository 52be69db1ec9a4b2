import { duration, number, type ShapeFinishedDecision, shape } from '@evenkeel/core/explain';
import type { Telling } from '../message.ts';
import { bold, escaped } from '../mrkdwn.ts';
import { money, risk } from '../phrases.ts';

/** Every instance has the new shape. */
export function tellShapeFinished(decision: ShapeFinishedDecision): Telling {
  return {
    importance: 'change',
    sign: 'good',
    headline: `runs on ${bold(decision.to.types[0] ?? 'the new type')} now`,
    before: escaped(shape(decision.from)),
    after: escaped(shape(decision.to)),
    why: `The canary kept its promise; all ${number(decision.to.count)} instances followed in ${duration(decision.took)}.`,
    money: money(decision.expected),
    risk: risk(decision.expected, 'floors were converted to the new size in the same moment'),
    next: 'After a day of real demand it is checked whether it saves what it promised; else the way back is proposed.',
    stop: `It has ended: AWS rolls nothing back any more. To go back before it is checked, start an instance refresh to ${bold(decision.from.types[0] ?? 'the old type')}; Evenkeel keeps its hands off while it runs.`,
    once: `shape-finished:${decision.rollout}`,
    rollout: decision.rollout,
    buttons: ['why'],
    chart: true,
  };
}
