import {
  type BrakeDecision,
  counted,
  type DegradedDecision,
  type LedgerEntry,
  percent,
  type RecoveredDecision,
} from '@evenkeel/core/explain';
import type { Telling } from '../message.ts';
import { code, escaped, when } from '../mrkdwn.ts';
import { dayOf } from '../phrases.ts';

/** Evenkeel itself does not work as it should. */
export function tellDegraded(decision: DegradedDecision): Telling {
  const { affected, all } = decision.groups;
  return {
    importance: 'alert',
    sign: 'stop',
    headline: `Evenkeel is impaired: ${escaped(decision.part)}`,
    before: 'plans are kept up to date every five minutes',
    after: `${affected} of ${counted(all, 'group')} run on their written plan`,
    why: `Since ${when(decision.since)}: ${escaped(decision.message)} (${affected} of ${all} groups).`,
    money: 'as planned, while the written plans last',
    risk: `none until ${when(decision.planReaches)}: the plans stand in the groups themselves; after that every group is at its own minimum and target`,
    next: 'Evenkeel tries again at every tick and says when it works again.',
    stop: `${code('evenkeel doctor')} finds the cause; ${code('/evenkeel pause --all')} takes every plan back now.`,
    once: `degraded:${decision.part}:${decision.since}`,
    buttons: [],
  };
}

/** It works again. */
export function tellRecovered(decision: RecoveredDecision): Telling {
  return {
    importance: 'change',
    sign: 'good',
    headline: `Evenkeel works again: ${escaped(decision.part)}`,
    before: `impaired since ${when(decision.since)}`,
    after: 'plans are kept up to date every five minutes',
    why: `The first tick without an error of ${code(decision.part)} has ended.`,
    money: 'as planned',
    risk: 'as planned',
    next: 'Nothing: every plan is being written anew.',
    stop: 'Nothing to stop.',
    once: `recovered:${decision.part}:${decision.since}`,
    buttons: [],
  };
}

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
