import { counted, type LaunchShortageDecision, type LedgerEntry } from '@evenkeel/core/explain';
import type { Telling } from '../message.ts';
import { code, when } from '../mrkdwn.ts';
import { dayOf } from '../phrases.ts';

/** AWS had no capacity for a launch. */
export function tellLaunchShortage(decision: LaunchShortageDecision, entry: LedgerEntry): Telling {
  const { type, zone, wanted, missing, alternatives } = decision;
  const purchase = decision.purchase === 'spot' ? 'Spot' : 'On-Demand';
  const others = alternatives.map((name) => code(name)).join(', ');
  return {
    importance: 'alert',
    sign: 'warning',
    headline: `AWS has no ${purchase} capacity for ${code(type)} in ${code(zone)}`,
    before: `${counted(wanted, 'instance')} wanted`,
    after: `${wanted - missing} there, ${missing} missing`,
    why: `${missing} of ${counted(wanted, 'instance')} could not be launched for "insufficient capacity": that is AWS's stock, not your quota.`,
    money: 'unchanged',
    risk:
      missing >= wanted
        ? 'nothing of what was asked for came; other zones may still serve'
        : 'less in reserve until the missing ones come; the group goes on trying',
    next:
      alternatives.length > 0
        ? `The group goes on trying by itself. The offering is avoided until ${when(decision.avoidedUntil)}; allowing ${others} as well would end it.`
        : `The group goes on trying by itself. The offering is avoided until ${when(decision.avoidedUntil)}.`,
    stop:
      alternatives.length > 0
        ? `Allow more types with the tag ${code('evenkeel:types')}, or in the group's mixed instances policy.`
        : 'Add a zone or a type to the group.',
    once: `launch-shortage:${type}:${zone}:${decision.purchase}:${dayOf(entry.at)}`,
    buttons: ['why'],
    chart: true,
  };
}
