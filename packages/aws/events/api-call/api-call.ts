import type { TagsChanged } from '@evenkeel/engine/events';
import { type Envelope, factsOf, minuteOfTime } from '../envelope.ts';
import { type EventKind, events, ignored, type Translation } from '../event-kind.ts';
import { changesOf } from './change.ts';
import { ApiCall, TagParameters } from './schema.ts';

const OUR_TAGS = 'evenkeel:';

/** Calls on EC2 Auto Scaling that CloudTrail recorded; only accounts with a trail have these events. */
export const apiCall: EventKind = {
  source: 'aws.autoscaling',
  detailTypes: ['AWS API Call via CloudTrail'],
  translate(envelope) {
    const call = ApiCall.parse(envelope.detail);
    if (call.errorCode !== undefined) return ignored('call-failed');
    switch (call.eventName) {
      case 'CreateOrUpdateTags':
      case 'DeleteTags':
        return tagsChanged(envelope, call);
      case 'DeleteAutoScalingGroup':
        return groupDeleted(envelope, call);
      default:
        return groupChanged(envelope, call);
    }
  },
};

/** One call may tag many groups, with tags of ours and of others. */
function tagsChanged(envelope: Envelope, call: ApiCall): Translation {
  const facts = factsOf(envelope);
  const { tags } = TagParameters.parse(call.requestParameters);
  const ours = tags.filter(({ key }) => key.startsWith(OUR_TAGS));
  if (ours.length === 0) return ignored('other-tags');
  const byGroup = Map.groupBy(ours, ({ resourceId }) => resourceId);
  return events(
    ...[...byGroup].map(
      ([name, ofGroup]): TagsChanged => ({
        ...facts,
        id: `${facts.id}/${name}`,
        at: minuteOfTime(call.eventTime),
        kind: 'tags-changed',
        group: { ...facts.place, name },
        keys: ofGroup.map(({ key }) => key),
        removed: call.eventName === 'DeleteTags',
      }),
    ),
  );
}

function groupDeleted(envelope: Envelope, call: ApiCall): Translation {
  const facts = factsOf(envelope);
  const name = groupNameOf(call);
  if (name === undefined) return ignored('no-group-named');
  const at = minuteOfTime(call.eventTime);
  return events({ ...facts, at, kind: 'group-deleted', group: { ...facts.place, name } });
}

function groupChanged(envelope: Envelope, call: ApiCall): Translation {
  const facts = factsOf(envelope);
  const name = groupNameOf(call);
  if (name === undefined) return ignored('no-group-named');
  const changes = changesOf(call);
  if (changes.length === 0) return ignored('nothing-of-interest-changed');
  if (changes.every(({ by }) => by === 'evenkeel')) return ignored('our-own-change');
  return events(
    ...changes.map((change) => ({
      ...facts,
      id: change.id,
      at: change.at,
      kind: 'group-changed' as const,
      group: { ...facts.place, name },
      change,
    })),
  );
}

function groupNameOf(call: ApiCall): string | undefined {
  const name = call.requestParameters?.autoScalingGroupName;
  return typeof name === 'string' ? name : undefined;
}
