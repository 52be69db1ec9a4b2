import { type Instances, MINUTES_PER_DAY, MINUTES_PER_WEEK, type Minute } from '../quantities.ts';
import { LEAST_SAVINGS_SHARE } from './shape-rules.ts';

/** Share of savings / share of disruption, at the least. */
const LEAST_SCORE = 0.5;
/** Not again sooner than this after the last change of shape. */
const LEAST_APART = MINUTES_PER_WEEK;
/** Over how many days disruption is counted. */
const PERIOD_DAYS = 30;

export interface ShapeChange {
  readonly now: Minute;
  /** Cost with risk, USD an hour, as the group is and as it would be. */
  readonly presentUsd: number;
  readonly candidateUsd: number;
  readonly presentCount: Instances;
  /** Launches of the group a day as it is: a group that renews itself all day is hardly disturbed by one more round. */
  readonly launchesPerDay: number;
  /** When the shape was last changed; absent: never. */
  readonly lastChange?: Minute;
}

/** The score with its inputs; `reason` is absent where the change is worth it. */
export interface ShapeVerdict {
  /** 0 … 1; negative where the candidate is dearer. */
  readonly savingsShare: number;
  /** 0 … 1. */
  readonly disruptionShare: number;
  readonly score: number;
  readonly reason?: 'saves-too-little' | 'disturbs-too-much' | 'too-soon';
}

/**
 * Whether a better shape is worth the change. Disruption: the instances replaced, as a share of all replacements the group would see in 30 days
 * if it were moved as often as it may be, its own churn included.
 */
export function judgeShapeChange(change: ShapeChange): ShapeVerdict {
  const { presentUsd, candidateUsd, presentCount, launchesPerDay, lastChange, now } = change;
  const savingsShare = presentUsd > 0 ? 1 - candidateUsd / presentUsd : 0;
  const moves = (PERIOD_DAYS * MINUTES_PER_DAY) / LEAST_APART;
  const disruptionShare = presentCount / (moves * presentCount + PERIOD_DAYS * launchesPerDay);
  const score = savingsShare / disruptionShare;
  const reason = reasonAgainst({
    savingsShare,
    score,
    waited: now - (lastChange ?? Number.NEGATIVE_INFINITY),
  });
  return { savingsShare, disruptionShare, score, ...(reason && { reason }) };
}

function reasonAgainst({
  savingsShare,
  score,
  waited,
}: {
  savingsShare: number;
  score: number;
  waited: number;
}): ShapeVerdict['reason'] {
  if (!(savingsShare >= LEAST_SAVINGS_SHARE)) return 'saves-too-little';
  if (!(score >= LEAST_SCORE)) return 'disturbs-too-much';
  return waited < LEAST_APART ? 'too-soon' : undefined;
}
