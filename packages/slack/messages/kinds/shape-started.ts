import {
  counted,
  duration,
  type LedgerEntry,
  type ShapeStartedDecision,
  shape,
} from '@evenkeel/core/explain';
import type { Telling } from '../message.ts';
import { bold, escaped } from '../mrkdwn.ts';
import { money, person, risk } from '../phrases.ts';

/** The rollout began. */
export function tellShapeStarted(decision: ShapeStartedDecision, entry: LedgerEntry): Telling {
  const canary = counted(decision.canaryInstances, 'canary instance');
  const by = decision.approvedBy === undefined ? '' : `, approved by ${person(decision.approvedBy)}`;
  return {
    importance: 'change',
    sign: 'change',
    headline: `the change to ${bold(decision.to.types[0] ?? 'the new type')} began${by}`,
    before: escaped(shape(decision.from)),
    after: `${escaped(shape(decision.to))}, once the canary has proved itself`,
    why: `${canary} of ${decision.from.count} show within ${duration(decision.measureFor)} what the new type really does for this workload.`,
    money: money(decision.expected),
    risk: risk(
      decision.expected,
      `${canary} on the new type until the verdict, and what growing demand adds`,
    ),
    next: `A verdict comes within ${duration(decision.measureFor)}; without one AWS rolls back by itself.`,
    stop: 'Press Roll back: every instance returns to the old type.',
    once: `shape-started:${decision.rollout}:${entry.group}`,
    rollout: decision.rollout,
    buttons: ['roll-back', 'why'],
  };
}
