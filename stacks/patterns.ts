/** EventBridge's patterns for what Evenkeel reacts to: on the default bus of every account and region, and on its own bus for what spokes forward. */
export interface EventPattern {
  readonly source?: readonly string[];
  readonly 'detail-type'?: readonly string[];
  readonly detail?: Readonly<Record<string, unknown>>;
}

const CALLS_ON_GROUPS = [
  'UpdateAutoScalingGroup',
  'SetDesiredCapacity',
  'PutScheduledUpdateGroupAction',
  'BatchPutScheduledUpdateGroupAction',
  'DeleteScheduledAction',
  'BatchDeleteScheduledAction',
  'PutScalingPolicy',
  'DeletePolicy',
  'SuspendProcesses',
  'ResumeProcesses',
  'DeleteAutoScalingGroup',
];

const REFRESH = 'EC2 Auto Scaling Instance Refresh';

export const FLEET_PATTERNS: Readonly<Record<string, EventPattern>> = {
  Launches: { source: ['aws.autoscaling'], 'detail-type': ['EC2 Instance Launch Unsuccessful'] },
  Refreshes: {
    source: ['aws.autoscaling'],
    'detail-type': [
      'Started',
      'Checkpoint Reached',
      'Started Baking',
      'Succeeded',
      'Failed',
      'Cancelled',
      'Rollback Started',
      'Rollback Succeeded',
      'Rollback Failed',
    ].map((state) => `${REFRESH} ${state}`),
  },
  Spot: {
    source: ['aws.ec2'],
    'detail-type': ['EC2 Spot Instance Interruption Warning', 'EC2 Instance Rebalance Recommendation'],
  },
  Alarms: {
    source: ['aws.cloudwatch'],
    'detail-type': ['CloudWatch Alarm State Change'],
    detail: { alarmName: [{ 'anything-but': { prefix: 'TargetTracking-' } }] },
  },
  Stacks: { source: ['aws.cloudformation'], 'detail-type': ['CloudFormation Stack Status Change'] },
  Deployments: {
    source: ['aws.codedeploy'],
    'detail-type': ['CodeDeploy Deployment State-change Notification'],
  },
  Calls: {
    source: ['aws.autoscaling'],
    'detail-type': ['AWS API Call via CloudTrail'],
    detail: { eventSource: ['autoscaling.amazonaws.com'], eventName: CALLS_ON_GROUPS },
  },
  Tags: {
    source: ['aws.autoscaling'],
    'detail-type': ['AWS API Call via CloudTrail'],
    detail: {
      eventSource: ['autoscaling.amazonaws.com'],
      eventName: ['CreateOrUpdateTags', 'DeleteTags'],
      requestParameters: { tags: { key: [{ prefix: 'evenkeel:' }] } },
    },
  },
};

export const REQUEST_PATTERN: EventPattern = { 'detail-type': ['Capacity Requested'] };

/** How long EventBridge tries to deliver: an event older than this says nothing a poll has not seen by then (S28). */
export const DELIVERY = { maximumEventAgeInSeconds: 3600, maximumRetryAttempts: 20 };
