import {
  counted,
  type DegradedDecision,
  duration,
  type HealthPart,
  type RecoveredDecision,
} from '@evenkeel/core/explain';
import type { Telling } from '../message.ts';
import { code, escaped, when } from '../mrkdwn.ts';

/** How it is while a part works. */
const WELL: Readonly<Record<HealthPart, string>> = {
  ticks: 'plans are kept up to date every five minutes',
  metrics: 'demand of the last minutes corrects the plans every five minutes',
  table: 'Evenkeel remembers what it learned, and plans by it',
  bus: 'whatever is decided is told within a minute',
  slack: 'whatever is decided is told here within two minutes',
};

const FIND = `${code('evenkeel doctor')} finds the cause`;

const STOPS: Readonly<Record<HealthPart, string>> = {
  ticks: `${FIND}; ${code('/evenkeel pause --all')} takes every plan back.`,
  metrics: `${FIND}; ${code('/evenkeel pause --all')} takes every plan back.`,
  table: `${FIND}; ${code('evenkeel pause --all')} takes every plan back with your own credentials.`,
  bus: `Nothing to stop; ${FIND}.`,
  slack: `Nothing to stop; ${FIND}.`,
};

interface Impaired {
  readonly headline: string;
  readonly after: string;
  readonly money: string;
  readonly risk: string;
  readonly next: string;
}

/** Evenkeel itself does not work as it should. */
export function tellDegraded(decision: DegradedDecision): Telling {
  const { part, since, message } = decision;
  return {
    importance: 'alert',
    sign: 'stop',
    ...impaired(decision),
    before: WELL[part],
    why: `Since ${when(since)}, ${part === 'slack' ? 'for half an hour or more' : 'for three ticks or more'}: ${escaped(message)}.`,
    stop: STOPS[part],
    once: `degraded:${part}:${since}`,
    buttons: [],
  };
}

function impaired({ part, groups, planReaches, waiting = 0 }: DegradedDecision): Impaired {
  const { affected = 0, all = 0 } = groups ?? {};
  const some = `${affected} of ${counted(all, 'group')}`;
  const until = planReaches === undefined ? '' : ` until ${when(planReaches)}`;
  switch (part) {
    case 'ticks':
    case 'table':
      return {
        headline:
          part === 'ticks'
            ? `Evenkeel does not tick ${some}`
            : `Evenkeel's own table does not answer: ${some} cannot be ticked`,
        after: `the plan written into each group and its target tracking go on by themselves${until}`,
        money: 'as planned, while the written plans last',
        risk: `none${until}, unless demand leaves the forecast; from then on each group is at its own minimum and target`,
        next: 'Evenkeel tries again every five minutes, and says here when it works again.',
      };
    case 'metrics':
      return {
        headline: `Evenkeel cannot read the metrics of ${some}`,
        after: "floors follow last night's forecast and are not lowered; target tracking goes on by itself",
        money: 'a little more: nothing is lowered on data that are missing',
        risk: 'what the forecast did not foresee is met by target tracking alone',
        next: 'Evenkeel reads again every five minutes, and says here when it can.',
      };
    case 'bus':
      return {
        headline: `Evenkeel's event bus takes nothing of ${some}`,
        after:
          'everything is planned and written as before; news comes here at the end of the day at the latest',
        money: 'unchanged: only the telling is late',
        risk: 'none for capacity; what waits for an answer may lapse unseen',
        next: `The ledger keeps it all: ${code('/evenkeel why')} and ${code('evenkeel explain')} answer as before.`,
      };
    case 'slack':
      return {
        headline: `Slack did not take Evenkeel's messages: ${counted(waiting, 'message')} waited`,
        after: 'everything is planned and written as before; messages are tried again for a day',
        money: 'unchanged: only the telling is late',
        risk: 'none for capacity; what waits for an answer may lapse unseen',
        next: 'What cannot be told within a day stands in the weekly digest.',
      };
  }
}

/** It works again. */
export function tellRecovered({ part, since, until }: RecoveredDecision): Telling {
  return {
    importance: 'change',
    sign: 'good',
    headline: `Evenkeel works again: ${AGAIN[part]}`,
    before: `impaired for ${duration(until - since)}, from ${when(since)} to ${when(until)}`,
    after: WELL[part],
    why: `Nothing of it was seen in the three ticks after ${when(until)}.`,
    money: 'as planned again',
    risk: 'as planned again',
    next: 'Nothing is wanted of you: the plans are up to date.',
    stop: `Nothing to stop. ${code('/evenkeel status')} shows every group.`,
    once: `recovered:${part}:${since}`,
    buttons: [],
  };
}

const AGAIN: Readonly<Record<HealthPart, string>> = {
  ticks: 'every group is ticked',
  metrics: 'metrics can be read',
  table: 'its table answers',
  bus: 'its event bus takes what is told',
  slack: 'Slack takes its messages',
};
