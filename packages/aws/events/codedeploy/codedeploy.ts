import { factsOf } from '../envelope.ts';
import { type EventKind, events } from '../event-kind.ts';
import { DeploymentStateChange } from './schema.ts';

export const codedeploy: EventKind = {
  source: 'aws.codedeploy',
  detailTypes: ['CodeDeploy Deployment State-change Notification'],
  translate(envelope) {
    const { deploymentId, state } = DeploymentStateChange.parse(envelope.detail);
    return events({
      ...factsOf(envelope),
      kind: 'deploy',
      by: 'codedeploy',
      name: deploymentId,
      status: state,
      underWay: state === 'START' || state === 'READY',
    });
  },
};
