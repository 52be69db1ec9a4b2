import type { Activity } from '@aws-sdk/client-auto-scaling';
import { quantile } from '@evenkeel/core/demand';
import { type Minutes, MS_PER_MINUTE } from '@evenkeel/core/quantities';

/** AWS's own text of a launch; activities have no kind. */
const LAUNCH = /^Launching a new EC2 instance/;
/** From so many launches on a quantile says more than the slowest one. */
const ENOUGH = 10;
const QUANTILE = 0.9;
/** A launch that took longer hung (a lifecycle hook nobody answered), and says nothing of the next one. */
const LONGEST: Minutes = 60;

/**
 * How long a launch takes until the instance is in service, lifecycle hooks and warm-up included, as late as nine of ten
 * launches; of a few launches the slowest. Whole minutes, at least 1; undefined where no launch succeeded.
 * @param activities as DescribeScalingActivities gives them
 */
export function startupFrom(activities: readonly Activity[]): Minutes | undefined {
  const minutes = activities
    .filter(({ Description: text, StatusCode: status }) => LAUNCH.test(text ?? '') && status === 'Successful')
    .flatMap(({ StartTime: start, EndTime: end }) =>
      start && end ? [(end.getTime() - start.getTime()) / MS_PER_MINUTE] : [],
    )
    .filter((each) => each > 0 && each <= LONGEST);
  if (minutes.length === 0) return undefined;
  const late = minutes.length < ENOUGH ? Math.max(...minutes) : quantile(minutes, QUANTILE);
  return Math.max(1, Math.ceil(late));
}
