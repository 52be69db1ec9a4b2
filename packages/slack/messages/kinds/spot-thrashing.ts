import {
  counted,
  duration,
  type LedgerEntry,
  percent,
  type SpotThrashingDecision,
} from '@evenkeel/core/explain';
import type { Telling } from '../message.ts';
import { code } from '../mrkdwn.ts';
import { dayOf } from '../phrases.ts';

/** AWS takes Spot instances back faster than chance. */
export function tellSpotThrashing(decision: SpotThrashingDecision, entry: LedgerEntry): Telling {
  const { taken, of, limit, types, zones, spotShare } = decision;
  const within = duration(decision.withinMinutes);
  const pools = types.length * Math.max(1, zones.length);
  return {
    importance: 'alert',
    sign: 'warning',
    headline: `AWS takes its Spot instances back: ${taken} of ${of} within ${within}`,
    before: counted(of, 'Spot instance'),
    after: `${taken} taken back, each replaced by the group itself`,
    why: `${taken} of ${of} within ${within} is ${percent(taken / of)}, and more than ${percent(limit)} a month is AWS's highest class.`,
    money: 'unchanged while Spot instances replace Spot instances',
    risk: 'less in service for each replacement until it has started; requests on an instance that goes have two minutes to end',
    next:
      spotShare >= 1
        ? 'The group goes on replacing. Nothing of it is On-Demand: where AWS has no Spot left, nothing replaces what goes.'
        : `The group goes on replacing; the ${percent(1 - spotShare)} that are On-Demand stay.`,
    stop: `Widen the choice: ${counted(types.length, 'type')} in ${counted(zones.length, 'zone')} are ${counted(pools, 'Spot pool')}; AWS advises ten types or more. Or lower the share on Spot in the group's mixed instances policy, and in the tag ${code('evenkeel:purchase')} where it is set.`,
    once: `spot-thrashing:${entry.group}:${dayOf(entry.at)}`,
    buttons: ['why'],
    chart: true,
  };
}
