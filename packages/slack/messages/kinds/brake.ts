import { type BrakeDecision, counted, type LedgerEntry, percent } from '@evenkeel/core/explain';
import type { Telling } from '../message.ts';
import { code } from '../mrkdwn.ts';
import { dayOf } from '../phrases.ts';

/** Too many groups behave oddly at once. */
export function tellBrake(decision: BrakeDecision, entry: LedgerEntry): Telling {
  const { anomalous, all, limit } = decision;
  return {
    importance: 'alert',
    sign: 'stop',
    headline: `nothing is lowered: ${anomalous} of ${counted(all, 'group')} behave oddly at once`,
    before: 'floors rise and fall with demand',
    after: 'floors rise, none falls',
    why: `${percent(anomalous / all, 1)} of the groups left their band at once, the limit is ${percent(limit, 1)}: rather one cause than many.`,
    money: 'more than planned while it lasts',
    risk: 'lower than planned: capacity is kept',
    next: 'As soon as the groups are back in their bands, floors fall again.',
    stop: `${code('/evenkeel pause --all')} takes every plan back.`,
    once: `brake:${dayOf(entry.at)}`,
    buttons: [],
  };
}
