import { type CloudTrailClient, type Event, LookupEventsCommand } from '@aws-sdk/client-cloudtrail';
import type { Minute } from '@evenkeel/core/quantities';
import type { Change, GroupRef } from '@evenkeel/engine/ports';
import { call, pages } from '../call.ts';
import type { CallBudget } from '../call-budget.ts';
import { AwsError } from '../errors.ts';
import { ApiCall, changesOf } from '../events/index.ts';
import { dateOf } from '../time.ts';

export interface TrailOptions {
  readonly client: CloudTrailClient;
  /** LookupEvents takes two calls a second per account and region. */
  readonly budget: CallBudget;
}

/** The most LookupEvents gives on one page. */
const PAGE = 50;

/**
 * What was changed of a group from a minute on, oldest first, by CloudTrail's event history, which every account has for 90 days
 * without setting anything up. Events are there after some minutes, at most about fifteen. Undefined where the history may not
 * be read: then there is no trail for Evenkeel.
 */
export async function readTrail(
  { client, budget }: TrailOptions,
  ref: GroupRef,
  since: Minute,
): Promise<readonly Change[] | undefined> {
  try {
    const events = await pages(async (NextToken) => {
      await budget();
      const command = new LookupEventsCommand({
        LookupAttributes: [{ AttributeKey: 'ResourceName', AttributeValue: ref.name }],
        StartTime: dateOf(since),
        MaxResults: PAGE,
        NextToken,
      });
      const { Events: items = [], NextToken: token } = await call(client, command);
      return { items, token };
    });
    return changesFrom(events, ref, since);
  } catch (error) {
    if (error instanceof AwsError && error.meaning === 'denied') return undefined;
    throw error;
  }
}

/** The changes in events of the history. Resource names are not unique across services and kinds: only calls on this group count. */
function changesFrom(events: readonly Event[], ref: GroupRef, since: Minute): readonly Change[] {
  return events
    .flatMap((event) => {
      const recorded = recordOf(event);
      if (recorded?.eventSource !== 'autoscaling.amazonaws.com') return [];
      if (recorded.requestParameters?.autoScalingGroupName !== ref.name) return [];
      return changesOf(recorded);
    })
    .filter((change) => change.at >= since)
    .sort((a, b) => a.at - b.at);
}

/** The record inside an event; undefined where it is not one we can read, as with kinds of records to come. */
function recordOf(event: Event): ApiCall | undefined {
  if (event.ReadOnly === 'true' || event.CloudTrailEvent === undefined) return undefined;
  try {
    const parsed = ApiCall.safeParse(JSON.parse(event.CloudTrailEvent));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}
