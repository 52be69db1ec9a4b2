import type { Outcome } from '@evenkeel/core/explain';
import { MINUTES_PER_DAY, type Minute } from '@evenkeel/core/quantities';
import type { StandingRefusal } from '../ports/index.ts';

/** While a write goes on being refused it is told again after so long. */
const REMIND_AFTER_MINUTES = MINUTES_PER_DAY;
/** What was not refused for so long is over: the next time is another one. */
const OVER_AFTER_MINUTES = MINUTES_PER_DAY;

/** What the record keeps of refused writes, and the outcome to tell; undefined: it is only counted. */
export interface Weighed {
  readonly refused: readonly StandingRefusal[];
  readonly told: Outcome | undefined;
}

/**
 * A write that is refused at every tick, such as one whose permission is missing, is told when it begins, once a day while it lasts, and
 * when it succeeds; in between it is counted. Another reason is another refusal. Weighing the same minute twice gives the same.
 * @param what tells the writes of one run apart
 */
export function weighRefusals(
  before: readonly StandingRefusal[],
  { what, outcome, at }: { readonly what: string; readonly outcome: Outcome; readonly at: Minute },
): Weighed {
  const standing = before.filter(({ last }) => at - last < OVER_AFTER_MINUTES);
  const known = standing.find((each) => each.what === what);
  const others = standing.filter((each) => each !== known);
  if (outcome.kind === 'applied' && known) {
    const { times, since } = known;
    return { refused: others, told: { ...outcome, after: { times, since } } };
  }
  if (outcome.kind !== 'failed') return { refused: standing, told: outcome };
  const reason = reasonOf(outcome.message);
  const isSame = known?.reason === reason;
  const since = isSame ? known.since : at;
  const times = isSame ? known.times + (known.last === at ? 0 : 1) : 1;
  const isDue = !isSame || known.toldAt === at || at - known.toldAt >= REMIND_AFTER_MINUTES;
  const toldAt = isDue ? at : known.toldAt;
  return {
    refused: [...others, { what, reason, since, last: at, times, toldAt }],
    told: isDue ? { ...outcome, ...(times > 1 && { again: { times, since } }) } : undefined,
  };
}

/** The message without names, times and ids, which differ from try to try: words with a digit in them. */
function reasonOf(message: string): string {
  return message.replace(/\S*\d\S*/g, '#');
}
