import { type ComingShortageDecision, counted, type LedgerEntry, number } from '@evenkeel/core/explain';
import type { Telling } from '../message.ts';
import { code, when } from '../mrkdwn.ts';
import { dayOf } from '../phrases.ts';

/** How a limit is named, what it is, and what is to be done about it before the peak. */
interface LimitWords {
  readonly name: string;
  readonly stands: string;
  readonly raise: string;
}

/** The plan of the next day hits a limit. */
export function tellComingShortage(decision: ComingShortageDecision, entry: LedgerEntry): Telling {
  const { needs, allows, limit } = decision;
  const { name, stands, raise } = wordsOf(decision);
  const missing = counted(needs - allows, 'instance');
  return {
    importance: 'alert',
    sign: 'calendar',
    headline: `needs ${needs} instances ${when(decision.at)}, ${name} ${allows}`,
    before: stands,
    after: `${counted(needs, 'instance')} needed at the peak`,
    why: `The plan reaches ${counted(needs, 'instance')} ${when(decision.at)}, and ${name} ${allows}.`,
    money: `${missing} more at the peak, once the limit allows them`,
    risk: `${missing} short at the peak unless the limit is raised before`,
    next: `${raise} Until then nothing goes above ${allows}.`,
    stop: `Nothing to stop: this is a warning. ${code(`/evenkeel plan ${entry.workload}`)} shows the whole day.`,
    once: `coming-shortage:${entry.group}:${limit}:${dayOf(decision.at)}`,
    buttons: ['why'],
    chart: true,
  };
}

function wordsOf({ limit, allows, setTo, quota, subnets = [] }: ComingShortageDecision): LimitWords {
  const to = number(setTo);
  switch (limit) {
    case 'MaxSize':
      return {
        name: 'max is',
        stands: `MaxSize ${allows}`,
        raise: `Set MaxSize of the group to ${to} (in its code, so that it lasts): the peak then takes four fifths of it.`,
      };
    case 'evenkeel:bounds':
      return {
        name: 'its tag allows',
        stands: `${code('evenkeel:bounds')} up to ${allows}`,
        raise: `Set the upper end of the tag ${code('evenkeel:bounds')} to ${to}, or leave the tag out.`,
      };
    case 'vCPU quota':
      return {
        name: "the account's vCPU quota allows",
        stands:
          quota === undefined
            ? `a vCPU quota with room for ${allows}`
            : `${number(quota.allowed)} vCPUs for the whole account, room for ${allows} here`,
        raise:
          quota === undefined
            ? `Ask for ${to} vCPUs in Service Quotas; AWS may take a day.`
            : `Ask for ${to} vCPUs under ${code(`${quota.code} ${quota.name}`)} in Service Quotas; AWS may take a day.`,
      };
    case 'subnet addresses':
      return {
        name: 'its subnets have addresses for',
        stands: `${subnets.map(({ id, free }) => `${code(id)} ${number(free)} free`).join(', ') || 'too few free addresses'}: room for ${allows}`,
        raise: `Free addresses in these subnets, or add one to the group: ${to} free ones are needed in all.`,
      };
  }
}
