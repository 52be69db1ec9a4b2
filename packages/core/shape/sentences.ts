import { dollars, number, percent, utc } from '../explain/in-words.ts';
import { HOURS_PER_MONTH, type Minute } from '../quantities.ts';
import type { RejectedShape, ShapeExcuse, ShapeExcuseCode } from './shape-excuse.ts';
import type { ShapeVerdict } from './worth-changing.ts';

type Facts = ShapeExcuse['facts'];

const EXCUSES: Readonly<Record<ShapeExcuseCode, (facts: Facts, excuse: ShapeExcuse) => string>> = {
  architecture: ({ type, image }) =>
    `it is ${type}, and the group's image is for ${image}; for arm64 name a launch template in evenkeel:arm64-launch-template`,
  'family-not-allowed': ({ because, allowed }) =>
    `${because} is not among what is considered (${allowed}); name it in evenkeel:types to have it considered`,
  'price-unknown': () => 'nobody names a price for it in this region',
  'price-estimated': ({ usdPerHour: usd }) =>
    `its price of ${dollars(Number(usd))} an hour is only estimated from another region, and an estimate does not decide`,
  'performance-unknown': ({ family }) => `nobody measured how fast a vCPU of family ${family} is`,
  'zone-without-type': ({ zones }) => `it is not offered in ${zones}`,
  'offering-unavailable': ({ zone, purchase, until }) =>
    `${purchase === 'spot' ? 'Spot' : 'on-demand'} capacity for it was missing in ${zone}; it is looked at again from ${utc(Number(until) as Minute)}`,
  'memory-unmeasured': ({ gibPerVcpu, present }) =>
    `it has ${number(Number(gibPerVcpu))} GiB a vCPU against ${number(Number(present))} now, and memory is not measured; the CloudWatch agent's mem_used_percent would show whether it fits`,
  'figure-unknown': ({ family }, { bottleneck }) => `there is no ${bottleneck} figure for family ${family}`,
  'local-disk': ({ has, needs }) =>
    `it has ${number(Number(has))} GB of local disk, the workload uses ${number(Number(needs))} GB`,
  'rolled-back-before': ({ notBefore }) =>
    `it was tried and rolled back; it may be tried again from ${utc(Number(notBefore) as Minute)}`,
  'max-size': ({ count, maxSize, write }) =>
    `it would take up to ${count} instances, over 80 % of MaxSize ${maxSize}; set MaxSize to ${write} to have it considered`,
  'does-not-fit': (_, { bottleneck }) =>
    `${bottleneck} would run out before its CPU is busy, which the group's scaling does not see`,
  dearer: ({ usdPerHour: usd, bestUsdPerHour, forTheMoney }, { bottleneck }) =>
    `it costs at least ${monthly(Number(usd))} with its risk against ${monthly(Number(bestUsdPerHour))}; ${
      bottleneck === 'price'
        ? 'the load would fit, the price is the reason'
        : `${number(Number(forTheMoney))} of it for the same money would run out of ${bottleneck}`
    }`,
};

/** Why a type is not the one, as a sentence: `c7g.large: it costs …`. */
export function rejectionSentence({ type, excuse }: RejectedShape): string {
  return `${type}: ${EXCUSES[excuse.code](excuse.facts, excuse)}.`;
}

const REASONS: Readonly<Record<NonNullable<ShapeVerdict['reason']>, string>> = {
  'saves-too-little': 'that is under the 5 % a change must save',
  'disturbs-too-much': 'that is not half of what it disturbs',
  'too-soon': 'the last change of shape is less than 7 days ago',
};

/** Whether the change is worth it, with the two shares that decide. */
export function verdictSentence({ savingsShare, disruptionShare, reason }: ShapeVerdict): string {
  const shares = `It saves ${percent(savingsShare, 1)} of the cost with risk and takes ${percent(disruptionShare, 1)} of a month's replacements`;
  return reason ? `${shares}: no change, ${REASONS[reason]}.` : `${shares}: worth the change.`;
}

function monthly(usd: number): string {
  return `${dollars(usd * HOURS_PER_MONTH)} a month`;
}
