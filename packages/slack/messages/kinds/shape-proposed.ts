import { type LedgerEntry, number, type ShapeProposedDecision, shape } from '@evenkeel/core/explain';
import type { Telling } from '../message.ts';
import { bold, code, escaped, when } from '../mrkdwn.ts';
import { howToPause, money, risk } from '../phrases.ts';

/** A better shape was found. */
export function tellShapeProposed(decision: ShapeProposedDecision, entry: LedgerEntry): Telling {
  const type = decision.to.types[0] ?? 'the new type';
  const ends = decision.expires === undefined ? '' : ` The offer ends ${when(decision.expires)}.`;
  return {
    importance: decision.asks ? 'answer' : 'change',
    sign: decision.asks ? 'question' : 'change',
    headline: `${verbOf(decision)} its instances to ${bold(type)}${decision.asks ? '?' : ''}`,
    before: escaped(shape(decision.from)),
    after: escaped(shape(decision.to)),
    why:
      `Per vCPU ${code(type)} does ${number(decision.performanceFactor, 2)} x the work ` +
      `at ${number(decision.priceFactor, 2)} x the price of ${code(decision.from.types[0] ?? 'the present type')}.`,
    money: money(decision.expected),
    risk: risk(decision.expected, 'a canary is measured before the rest follows; a worse one goes back'),
    next: decision.asks
      ? `After approval a canary starts, is measured, and the change finishes or rolls back by itself.${ends}`
      : whatFollows(entry),
    stop: decision.asks
      ? 'Reject, or let it lapse: nothing is written without an answer.'
      : `${howToPause(entry.workload)}.`,
    once: `shape-proposed:${entry.id}`,
    buttons: decision.asks ? ['approve', 'reject', 'snooze', 'why'] : ['why'],
    ...(decision.asks && decision.expires !== undefined && { answerBefore: decision.expires }),
  };
}

function verbOf({ asks, wayBackOf }: ShapeProposedDecision): string {
  if (wayBackOf !== undefined) return 'take back';
  return asks ? 'change' : 'could change';
}

/** What comes of a proposal that nobody has to answer. */
function whatFollows({ outcome }: LedgerEntry): string {
  if (outcome?.kind === 'applied')
    return 'A canary starts, is measured, and the change finishes or rolls back by itself.';
  const because = outcome?.kind === 'told' ? outcome.because : undefined;
  if (because === 'not-reversible')
    return 'It is only proposed: AWS rolls back to a template version with a number, and the group names none.';
  if (because === 'rollouts-are-off')
    return 'It is only proposed: rollouts are not switched on; the change is yours to make.';
  return `Nothing is written in this mode; with ${code('evenkeel:mode=approve')} Evenkeel asks and does it.`;
}
