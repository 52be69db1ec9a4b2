import { factsOf } from '../envelope.ts';
import { type EventKind, events } from '../event-kind.ts';
import { SpotInstance } from './schema.ts';

const INTERRUPTION = 'EC2 Spot Instance Interruption Warning';

/** Both notices may come for one instance, together or apart. */
export const spotNotice: EventKind = {
  source: 'aws.ec2',
  detailTypes: [INTERRUPTION, 'EC2 Instance Rebalance Recommendation'],
  translate(envelope) {
    return events({
      ...factsOf(envelope),
      kind: envelope['detail-type'] === INTERRUPTION ? 'spot-interruption' : 'spot-rebalance',
      instance: SpotInstance.parse(envelope.detail)['instance-id'],
    });
  },
};
