import { percent } from './in-words.ts';
import type { ShapeReviewedDecision } from './shape-decisions.ts';

/** Why a shape that was looked at stays, as half a sentence with the figures that decided. */
export function shapeReviewReason({ because, choice }: ShapeReviewedDecision): string {
  const best = choice.top[0]?.type ?? 'another type';
  const saves = percent(choice.verdict?.savingsShare ?? 0, 1);
  switch (because) {
    case 'already-best':
      return 'it is the best there is';
    case 'nothing-fits':
      return `none of the ${choice.considered} types of the region fits`;
    case 'mode-does-not-allow':
      return `${best} would save ${saves} of the cost with its risk, and in mode observe nothing is proposed`;
    case 'saves-too-little':
      return `the best other type, ${best}, would save ${saves} of the cost with its risk, and a change must save 5 %`;
    case 'disturbs-too-much':
      return `${best} would save ${saves} of the cost with its risk, which is not half of what the change disturbs`;
    case 'too-soon':
      return `${best} would save ${saves} of the cost with its risk, but the last change is less than 7 days ago`;
  }
}
