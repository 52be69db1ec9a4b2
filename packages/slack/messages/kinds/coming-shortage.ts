import { type ComingShortageDecision, type Excuse, type LedgerEntry, number } from '@evenkeel/core/explain';
import { minute } from '@evenkeel/core/quantities';
import type { Telling } from '../message.ts';
import { code, when } from '../mrkdwn.ts';
import { dayOf } from '../phrases.ts';

const RAISE: Readonly<Record<ComingShortageDecision['limit'], (to: string) => string>> = {
  MaxSize: (to) => `Set MaxSize of the group to ${to} (in its code, so that it lasts).`,
  'vCPU quota': (to) => `Ask for ${to} vCPUs in Service Quotas; that takes AWS up to a day.`,
  'subnet addresses': (to) => `Give the group subnets with ${to} free addresses.`,
};

/** S22: the peak should take at most this share of MaxSize. */
const MOST_OF_MAX = 0.8;

/** The plan says itself that it hits MaxSize: how high it would go, and when. Undefined for every other excuse. */
export function comingShortageOf({ code, facts }: Excuse): ComingShortageDecision | undefined {
  const { wanted, max, at } = facts;
  if (
    code !== 'at-max-size' ||
    typeof wanted !== 'number' ||
    typeof max !== 'number' ||
    typeof at !== 'number'
  )
    return undefined;
  return {
    kind: 'coming-shortage',
    at: minute(at),
    needs: wanted,
    limit: 'MaxSize',
    allows: max,
    setTo: Math.ceil(wanted / MOST_OF_MAX),
  };
}

/** The plan of the next day hits a limit. */
export function tellComingShortage(decision: ComingShortageDecision, entry: LedgerEntry): Telling {
  const { needs, allows, limit } = decision;
  return {
    importance: 'alert',
    sign: 'calendar',
    headline: `needs ${needs} instances ${when(decision.at)}, ${limit === 'MaxSize' ? 'max is' : `the ${limit} allows`} ${allows}`,
    before: `${limit} allows ${allows} instances`,
    after: `${needs} are needed`,
    why: `The forecast for ${when(decision.at)} needs ${needs} instances and ${limit} allows ${allows}.`,
    money: `${needs - allows} more instances at the peak`,
    risk: `${needs - allows} instances short at the peak unless the limit is raised`,
    next: `Floors are planned up to ${allows}, no higher. ${RAISE[limit](number(decision.setTo))}`,
    stop: `Nothing to stop: this is a warning. ${code(`/evenkeel plan ${entry.workload}`)} shows the whole day.`,
    once: `coming-shortage:${entry.group}:${limit}:${dayOf(decision.at)}`,
    buttons: ['why'],
    chart: true,
  };
}
