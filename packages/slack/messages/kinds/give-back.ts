import { type GiveBackDecision, giveBackReason, type LedgerEntry } from '@evenkeel/core/explain';
import type { Telling } from '../message.ts';
import { code, escaped } from '../mrkdwn.ts';
import { dayOf } from '../phrases.ts';

/** The owner's own configuration stands again. */
export function tellGiveBack(decision: GiveBackDecision, entry: LedgerEntry): Telling {
  const reason = escaped(giveBackReason(decision.reason));
  return {
    importance: 'change',
    sign: 'back',
    headline: `given back to its own configuration: ${reason}`,
    before: 'floors and target by Evenkeel',
    after: 'your own minimum (from the home step on) and your own target',
    why: `Evenkeel stepped back, because ${reason}; while that holds, only your own values count.`,
    money: 'as it was before Evenkeel',
    risk: 'as it was before Evenkeel: your own scaling reacts, nothing looks ahead',
    next: 'Nothing happens here until the reason is gone; then the plan is written anew.',
    stop: `To make it last: ${code('evenkeel:mode=off')}. To end it: ${code(`/evenkeel resume ${entry.workload}`)}.`,
    once: `give-back:${entry.group}:${decision.reason}:${dayOf(entry.at)}`,
    buttons: ['why'],
  };
}
