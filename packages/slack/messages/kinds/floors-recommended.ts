import type { FloorsDecision, LedgerEntry } from '@evenkeel/core/explain';
import type { Telling } from '../message.ts';
import { code, when } from '../mrkdwn.ts';
import { dayOf, howToPause } from '../phrases.ts';

/** The floors that Evenkeel would plan, once a day, in a mode that writes nothing. */
export function tellFloorsRecommended(decision: FloorsDecision, entry: LedgerEntry): Telling {
  const { floorNow, floorBefore, peak } = decision;
  return {
    importance: 'change',
    sign: 'change',
    headline: `would plan floors up to ${peak.floor} today`,
    before: `MinSize ${floorBefore}`,
    after: `floor ${floorNow} now, ${peak.floor} ${when(peak.at)}`,
    why: `The highest floor of the next 24 hours is ${peak.floor}, MinSize is ${floorBefore}; planned with ${code(decision.strategy)}.`,
    money: 'not known yet; the nightly review measures it',
    risk: 'none: nothing is written',
    next: `Nothing is written in this mode; with ${code('evenkeel:mode=approve')} Evenkeel sets floors by itself.`,
    stop: `Nothing to stop. To hear no more of it: ${howToPause(entry.workload)}.`,
    once: `floors-recommended:${entry.group}:${dayOf(entry.at)}`,
    buttons: ['why'],
    chart: true,
  };
}
