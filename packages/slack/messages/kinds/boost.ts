import { type BoostDecision, counted, type LedgerEntry, number } from '@evenkeel/core/explain';
import type { Telling } from '../message.ts';
import { code, when } from '../mrkdwn.ts';
import { person } from '../phrases.ts';

/** Extra capacity for a time. */
export function tellBoost(decision: BoostDecision, entry: LedgerEntry): Telling {
  const { floorBefore, floorNow, reading } = decision;
  const more = counted(floorNow - floorBefore, 'instance');
  const asked = decision.source === 'alarm' ? `the alarm ${code(decision.by)}` : person(decision.by);
  return {
    importance: 'alert',
    sign: 'up',
    headline: `boosted by ${more} until ${when(decision.until)}`,
    before: `floor ${floorBefore}`,
    after: `floor ${floorNow}`,
    why: reading
      ? `Asked for by ${asked}: ${number(reading.value, 2)} against a threshold of ${number(reading.threshold, 2)}.`
      : `Asked for by ${asked}: ${floorNow} instances instead of the planned ${floorBefore}.`,
    money: `${more} more while it lasts`,
    risk: 'only money: nothing is taken away from the group',
    next: `It ends by itself ${when(decision.until)}; then the plan holds again.`,
    stop: `Press End boost, or ${code(`/evenkeel boost ${entry.workload} --end`)}.`,
    once: `boost:${entry.group}:${entry.id}`,
    buttons: ['end-boost', 'why'],
    chart: true,
  };
}
