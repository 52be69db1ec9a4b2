import type { RefreshChanged } from '@evenkeel/engine/events';
import { factsOf } from '../envelope.ts';
import { type EventKind, events } from '../event-kind.ts';
import { InstanceRefreshEvent } from './schema.ts';

const STATES: Readonly<Record<string, RefreshChanged['state']>> = {
  'EC2 Auto Scaling Instance Refresh Started': 'started',
  'EC2 Auto Scaling Instance Refresh Checkpoint Reached': 'checkpoint',
  'EC2 Auto Scaling Instance Refresh Started Baking': 'baking',
  'EC2 Auto Scaling Instance Refresh Succeeded': 'succeeded',
  'EC2 Auto Scaling Instance Refresh Failed': 'failed',
  'EC2 Auto Scaling Instance Refresh Cancelled': 'cancelled',
  'EC2 Auto Scaling Instance Refresh Rollback Started': 'rollback-started',
  'EC2 Auto Scaling Instance Refresh Rollback Succeeded': 'rollback-succeeded',
  'EC2 Auto Scaling Instance Refresh Rollback Failed': 'rollback-failed',
};

export const refresh: EventKind = {
  source: 'aws.autoscaling',
  detailTypes: Object.keys(STATES),
  translate(envelope) {
    const detail = InstanceRefreshEvent.parse(envelope.detail);
    const facts = factsOf(envelope);
    return events({
      ...facts,
      kind: 'refresh',
      group: { ...facts.place, name: detail.AutoScalingGroupName },
      refresh: detail.InstanceRefreshId,
      state: STATES[envelope['detail-type']]!,
    });
  },
};
