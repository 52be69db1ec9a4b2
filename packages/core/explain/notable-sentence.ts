import { announced } from './announced.ts';
import { findingInWords } from './canary-finding.ts';
import type { CapacityDecision } from './capacity-decisions.ts';
import type { ConductDecision, ReleaseDecision } from './conduct-decisions.ts';
import type { AnswerDecision, FleetDecision, HealthPart } from './fleet-decisions.ts';
import {
  counted,
  dollars,
  duration,
  hotMinutes,
  monthlyMoney,
  number,
  percent,
  shape,
  utc,
} from './in-words.ts';
import type { ShapeDecision } from './shape-decisions.ts';
import { shapeReviewReason } from './shape-review-reason.ts';

/** The decisions that this file puts into words; the everyday ones stand in sentences.ts. */
export type NotableDecision = ShapeDecision | CapacityDecision | ConductDecision | FleetDecision;

/** One sentence in plain text that says what was decided and the numbers that decided it. */
export function notableSentence(decision: NotableDecision): string {
  switch (decision.kind) {
    case 'shape-proposed':
    case 'shape-reviewed':
    case 'shape-started':
    case 'canary-verdict':
    case 'shape-finished':
    case 'shape-rolled-back':
    case 'shape-verified':
      return shapeSentence(decision);
    case 'boost':
    case 'boost-ended':
    case 'launch-shortage':
    case 'spot-thrashing':
    case 'coming-shortage':
    case 'expected-event':
      return capacitySentence(decision);
    case 'hold':
    case 'release':
    case 'reset':
    case 'footing-lost':
    case 'footing-regained':
    case 'mode-offer':
      return conductSentence(decision);
    case 'degraded':
    case 'recovered':
    case 'brake':
    case 'digest':
    case 'answer':
      return fleetSentence(decision);
  }
}

function shapeSentence(decision: ShapeDecision): string {
  switch (decision.kind) {
    case 'shape-proposed': {
      const money = monthlyMoney(decision.expected) ?? 'money not known yet';
      return (
        `A better shape was found: ${shape(decision.to)} instead of ${shape(decision.from)}; per vCPU it does ` +
        `${number(decision.performanceFactor, 2)} x the work at ${number(decision.priceFactor, 2)} x the price; ${money}.`
      );
    }
    case 'shape-reviewed':
      return `The shape stays ${shape(decision.shape)}: ${shapeReviewReason(decision)}.`;
    case 'shape-started':
      return (
        `The change to ${shape(decision.to)} began with ${counted(decision.canaryInstances, 'canary instance')}, ` +
        `measured for at most ${duration(decision.measureFor)}${decision.approvedBy ? `, approved by ${decision.approvedBy}` : ''}.`
      );
    case 'canary-verdict': {
      const factor = decision.performanceFactor;
      const measured = factor
        ? `${number(factor.after, 2)} x the work per vCPU was measured, ${number(factor.before, 2)} x was promised`
        : 'there was too little data to compare';
      const decided = decision.findings?.find(({ dimension }) => dimension === decision.decidedBy);
      const by = decided === undefined || decided.dimension === 'work' ? '' : `${findingInWords(decided)}; `;
      const next = decision.next === 'finish' ? 'the change goes on' : 'the group goes back';
      return `The canary is ${decision.verdict.replaceAll('-', ' ')} (${by}${measured}, confidence ${percent(decision.confidence)}): ${next}.`;
    }
    case 'shape-finished':
      return `The group runs on ${shape(decision.to)} now; it took ${duration(decision.took)}.`;
    case 'shape-rolled-back': {
      const broke = decision.broke;
      const why = broke
        ? `${broke.name} was ${number(broke.value, 2)}, the limit is ${number(broke.limit, 2)}`
        : decision.reason.replaceAll('-', ' ');
      return `The group went back to ${shape(decision.back)}: ${why}; not tried again before ${utc(decision.notBefore)}.`;
    }
    case 'shape-verified':
      return `The new shape saves ${dollars(decision.measured)} a month; ${dollars(decision.promised)} was promised.`;
  }
}

function capacitySentence(decision: CapacityDecision): string {
  switch (decision.kind) {
    case 'boost': {
      const reading = decision.reading;
      const why = reading
        ? ` (${number(reading.value, 2)} against a threshold of ${number(reading.threshold, 2)})`
        : '';
      return `Boost from ${decision.floorBefore} to ${decision.floorNow} instances until ${utc(decision.until)}, asked for by ${decision.by}${why}.`;
    }
    case 'boost-ended': {
      const need =
        decision.highestNeed === undefined ? '' : `; demand needed at most ${decision.highestNeed}`;
      return `${decision.name} is over, floor ${decision.floorBefore} → ${decision.floorNow}${need}.`;
    }
    case 'launch-shortage':
      return (
        `AWS had no ${decision.purchase === 'spot' ? 'Spot' : 'On-Demand'} capacity for ${decision.type} in ${decision.zone}: ` +
        `${decision.missing} of ${counted(decision.wanted, 'instance')} missing; not proposed again before ${utc(decision.avoidedUntil)}.`
      );
    case 'spot-thrashing':
      return (
        `AWS took ${decision.taken} of ${counted(decision.of, 'Spot instance')} back within ${duration(decision.withinMinutes)}, ` +
        `more than ${percent(decision.limit)}; the group replaces them by itself.`
      );
    case 'coming-shortage':
      return (
        `At ${utc(decision.at)} the group needs ${counted(decision.needs, 'instance')}, but ${decision.limit} allows ` +
        `${decision.allows}; set it to ${number(decision.setTo)}.`
      );
    case 'expected-event': {
      const peak = decision.peakFloor
        ? `; the highest floor goes ${decision.peakFloor.before} → ${decision.peakFloor.after}`
        : '';
      return `${decision.by} announced ${decision.name}: ${announced(decision)} from ${utc(decision.from)} to ${utc(decision.until)}${peak}.`;
    }
  }
}

const HOLD_REASONS: Readonly<Record<string, (by: string) => string>> = {
  paused: (by) => `paused by ${by}`,
  'human-override': (by) => `${by} changed the group`,
  deploy: (by) => `${by} is being deployed`,
  freeze: (by) => `frozen by ${by}`,
  resets: (by) => `${by} writes the group's values back again and again`,
  'not-ours': (by) => `${by} is in charge of the group`,
};

/** Why Evenkeel keeps its hands off, as half a sentence: `alice changed the group`. */
export function holdReason(hold: string, by: string): string {
  return HOLD_REASONS[hold]?.(by) ?? `${hold.replaceAll('-', ' ')} by ${by}`;
}

const WHY_OVER: Readonly<Record<ReleaseDecision['because'], string>> = {
  expired: 'its time was up',
  lifted: 'somebody lifted it',
  ended: 'what made it has ended',
};

function conductSentence(decision: ConductDecision): string {
  switch (decision.kind) {
    case 'hold': {
      const change = decision.change;
      const values =
        change?.before !== undefined && change.after !== undefined
          ? ` ${change.before} → ${change.after}`
          : '';
      const what = change ? ` (${change.field}${values})` : '';
      const until = decision.until === undefined ? 'until somebody lifts it' : `until ${utc(decision.until)}`;
      return `On hold ${until}: ${holdReason(decision.hold, decision.by)}${what}.`;
    }
    case 'release':
      return `The hold is over (${holdReason(decision.hold, decision.by ?? 'somebody')}): ${WHY_OVER[decision.because]}.`;
    case 'reset':
      return (
        `${decision.by} set ${decision.field} back to ${number(decision.wrote)}; the planned ${number(decision.restored)} stands again ` +
        `(${counted(decision.timesThisWeek, 'time')} this week).`
      );
    case 'footing-lost':
      return (
        `The forecast covered ${percent(decision.coverage)} of the last ${decision.hours} h instead of ${percent(decision.intended)}: ` +
        `from ${decision.from} to ${decision.to} until it is right again.`
      );
    case 'footing-regained':
      return `The forecast covers ${percent(decision.coverage)} again (intended ${percent(decision.intended)}): back from ${decision.from} to ${decision.to}.`;
    case 'mode-offer': {
      const expected = [monthlyMoney(decision.expected), hotMinutes(decision.expected)].filter(
        (part) => part !== undefined,
      );
      const what = expected.length > 0 ? `: ${expected.join(', ')}` : '';
      return `After ${counted(decision.observedDays, 'day')} in ${decision.from}, ${decision.to} is offered${what}.`;
    }
  }
}

/** What is the matter, as half a sentence. */
const HEALTH_PARTS: Readonly<Record<HealthPart, string>> = {
  ticks: 'groups were not ticked',
  metrics: 'metrics could not be read',
  table: 'its table did not answer',
  bus: 'its event bus took nothing',
  slack: 'Slack took no messages',
};

function fleetSentence(decision: FleetDecision): string {
  switch (decision.kind) {
    case 'degraded': {
      const { groups, planReaches } = decision;
      const behind = groups === undefined ? '' : `, ${groups.affected} of ${counted(groups.all, 'group')}`;
      const reach = planReaches === undefined ? '' : `; the written plans reach to ${utc(planReaches)}`;
      return `Evenkeel is impaired since ${utc(decision.since)}: ${HEALTH_PARTS[decision.part]}${behind}${reach} (${decision.message}).`;
    }
    case 'recovered':
      return `Evenkeel works again: ${HEALTH_PARTS[decision.part]} for ${duration(decision.until - decision.since)} since ${utc(decision.since)}.`;
    case 'brake':
      return (
        `${decision.anomalous} of ${counted(decision.all, 'group')} behave oddly at once, more than ${percent(decision.limit)}: ` +
        'nothing is lowered anywhere until that is over.'
      );
    case 'digest':
      return `The week: ${counted(decision.workloads.length, 'workload')}, ${decision.waiting.length} waiting for an answer.`;
    case 'answer':
      return answerSentence(decision);
  }
}

function answerSentence(decision: AnswerDecision): string {
  const what = decision.answer.replaceAll('-', ' ');
  const reason = decision.reason ? ` (${decision.reason})` : '';
  if (decision.refused !== undefined) {
    return `${decision.by} asked for ${what}, which was refused: ${decision.refused.replaceAll('-', ' ')}${reason}.`;
  }
  if (decision.words !== undefined && decision.to === undefined) {
    return `${decision.by} asked: ${decision.words}${reason}.`;
  }
  return `${decision.by} answered ${what}${reason}.`;
}
