import type { ExpectedEventDecision } from './capacity-decisions.ts';
import { number } from './in-words.ts';

/** How much demand was announced, in words: `1.5 x the forecast`, or `4 instances more than the forecast needs`. */
export function announced(
  { factor, add }: Pick<ExpectedEventDecision, 'factor' | 'add'>,
  of: 'demand' | 'the forecast' = 'the forecast',
): string {
  if (add === undefined) return `${number(factor, 2)} x ${of}`;
  return `${add} ${add === 1 ? 'instance' : 'instances'} more than the forecast needs`;
}
