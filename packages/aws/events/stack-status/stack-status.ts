import { factsOf } from '../envelope.ts';
import { type EventKind, events } from '../event-kind.ts';
import { StackStatusChange } from './schema.ts';

export const stackStatus: EventKind = {
  source: 'aws.cloudformation',
  detailTypes: ['CloudFormation Stack Status Change'],
  translate(envelope) {
    const detail = StackStatusChange.parse(envelope.detail);
    const { status } = detail['status-details'];
    return events({
      ...factsOf(envelope),
      kind: 'deploy',
      by: 'stack',
      name: /:stack\/([^/]+)\//.exec(detail['stack-id'])![1]!,
      status,
      // Cleaning up after an update is still the update: instances of the old template go now.
      underWay: status.endsWith('_IN_PROGRESS'),
    });
  },
};
