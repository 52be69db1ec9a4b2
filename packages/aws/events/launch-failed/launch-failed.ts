import type { LaunchFailed } from '@evenkeel/engine/events';
import { meaningOf } from '../../errors.ts';
import { factsOf } from '../envelope.ts';
import { type EventKind, events } from '../event-kind.ts';
import { LaunchUnsuccessful } from './schema.ts';

/** `We currently do not have sufficient m7g.large capacity in the Availability Zone you requested (eu-west-1a).` */
const TYPE_IN_TEXT = /sufficient ([a-z0-9-]+\.[a-z0-9-]+) capacity/i;
const ZONE_IN_TEXT = /Availability Zone(?: you requested)? \(([a-z0-9-]+)\)/i;

export const launchFailed: EventKind = {
  source: 'aws.autoscaling',
  detailTypes: ['EC2 Instance Launch Unsuccessful'],
  translate(envelope) {
    const detail = LaunchUnsuccessful.parse(envelope.detail);
    const facts = factsOf(envelope);
    const message = detail.StatusMessage;
    const type = TYPE_IN_TEXT.exec(message)?.[1];
    const zone = detail.Details['Availability Zone'] ?? ZONE_IN_TEXT.exec(message)?.[1];
    return events({
      ...facts,
      kind: 'launch-failed',
      group: { ...facts.place, name: detail.AutoScalingGroupName },
      because: reasonOf(message),
      purchase: /\bspot\b/i.test(message) ? 'spot' : 'on-demand',
      message,
      ...(type !== undefined && { type }),
      ...(zone !== undefined && { zone }),
    });
  },
};

function reasonOf(message: string): LaunchFailed['because'] {
  const meaning = meaningOf('', message);
  return meaning === 'capacity' || meaning === 'quota' ? meaning : 'other';
}
