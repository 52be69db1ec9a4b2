import { describe, expect, test } from 'vitest';
import { alarmEvent, apiCallEvent, capacityEvent, envelope } from './examples.ts';
import { FLEET_EVENTS, REQUESTS, translate } from './translate.ts';

const PLACE = { account: '111111111111', region: 'eu-west-1' };
const AT = 29_742_240;
const GROUP = { ...PLACE, name: 'web' };

/** One example of each event as AWS documents it, and what it means to Evenkeel. */
const CASES = [
  {
    title: 'a launch that failed for capacity names type, zone and reason',
    raw: envelope('aws.autoscaling', 'EC2 Instance Launch Unsuccessful', {
      StatusCode: 'Failed',
      AutoScalingGroupName: 'web',
      ActivityId: 'a-1',
      Details: { 'Availability Zone': 'eu-west-1b', 'Subnet ID': 'subnet-1' },
      StatusMessage:
        'We currently do not have sufficient m7g.large capacity in the Availability Zone you requested (eu-west-1b).',
      Cause: 'c',
    }),
    event: {
      kind: 'launch-failed',
      group: GROUP,
      because: 'capacity',
      purchase: 'on-demand',
      type: 'm7g.large',
      zone: 'eu-west-1b',
    },
  },
  {
    title: 'a launch that failed for Spot capacity',
    raw: envelope('aws.autoscaling', 'EC2 Instance Launch Unsuccessful', {
      AutoScalingGroupName: 'web',
      StatusMessage: 'There is no Spot capacity available that matches your request.',
    }),
    event: { kind: 'launch-failed', because: 'capacity', purchase: 'spot' },
  },
  {
    title: 'a launch that failed for the vCPU quota',
    raw: envelope('aws.autoscaling', 'EC2 Instance Launch Unsuccessful', {
      AutoScalingGroupName: 'web',
      StatusMessage:
        'Could not launch On-Demand Instances. VcpuLimitExceeded - You have requested more vCPU capacity than your current vCPU limit of 16 allows.',
    }),
    event: { kind: 'launch-failed', because: 'quota' },
  },
  {
    title: "a launch that failed for the group's own configuration",
    raw: envelope('aws.autoscaling', 'EC2 Instance Launch Unsuccessful', {
      AutoScalingGroupName: 'web',
      StatusMessage: 'Client.InternalError: Client error on launch',
    }),
    event: { kind: 'launch-failed', because: 'other' },
  },
  {
    title: 'a Spot interruption',
    raw: envelope('aws.ec2', 'EC2 Spot Instance Interruption Warning', {
      'instance-id': 'i-1',
      'instance-action': 'terminate',
    }),
    event: { kind: 'spot-interruption', instance: 'i-1' },
  },
  {
    title: 'a rebalance recommendation',
    raw: envelope('aws.ec2', 'EC2 Instance Rebalance Recommendation', { 'instance-id': 'i-1' }),
    event: { kind: 'spot-rebalance', instance: 'i-1' },
  },
  {
    title: 'an alarm with its reading and threshold',
    raw: alarmEvent('queue-depth', 'ALARM', { recentDatapoints: [90, null, 120], threshold: 100 }),
    event: { kind: 'alarm', alarm: 'queue-depth', state: 'alarm', reading: { value: 120, threshold: 100 } },
  },
  {
    title: 'an instance refresh that ended',
    raw: envelope('aws.autoscaling', 'EC2 Auto Scaling Instance Refresh Rollback Succeeded', {
      InstanceRefreshId: 'r-1',
      AutoScalingGroupName: 'web',
    }),
    event: { kind: 'refresh', group: GROUP, refresh: 'r-1', state: 'rollback-succeeded' },
  },
  {
    title: 'S14: a stack update under way',
    raw: envelope('aws.cloudformation', 'CloudFormation Stack Status Change', {
      'stack-id': 'arn:aws:cloudformation:eu-west-1:111111111111:stack/shop-web/1a2b',
      'status-details': { status: 'UPDATE_IN_PROGRESS', 'status-reason': '' },
    }),
    event: { kind: 'deploy', by: 'stack', name: 'shop-web', underWay: true },
  },
  {
    title: 'S14: a stack update that ended',
    raw: envelope('aws.cloudformation', 'CloudFormation Stack Status Change', {
      'stack-id': 'arn:aws:cloudformation:eu-west-1:111111111111:stack/shop-web/1a2b',
      'status-details': { status: 'UPDATE_ROLLBACK_COMPLETE' },
    }),
    event: { kind: 'deploy', name: 'shop-web', status: 'UPDATE_ROLLBACK_COMPLETE', underWay: false },
  },
  {
    title: 'S14: a CodeDeploy deployment under way',
    raw: envelope('aws.codedeploy', 'CodeDeploy Deployment State-change Notification', {
      deploymentId: 'd-1',
      application: 'shop',
      deploymentGroup: 'web',
      state: 'START',
    }),
    event: { kind: 'deploy', by: 'codedeploy', name: 'd-1', underWay: true },
  },
  {
    title: 'S12: a person who changed the sizes',
    raw: apiCallEvent('UpdateAutoScalingGroup', {
      requestParameters: { autoScalingGroupName: 'web', minSize: 6, maxSize: 30 },
    }),
    event: {
      kind: 'group-changed',
      group: GROUP,
      change: { by: 'person', who: 'alice', field: 'size', size: { min: 6, max: 30 } },
    },
  },
  {
    title: 'tags of ours that were taken away',
    raw: apiCallEvent('DeleteTags', {
      requestParameters: {
        tags: [
          { key: 'evenkeel:workload', resourceId: 'web', resourceType: 'auto-scaling-group' },
          { key: 'team', resourceId: 'web', resourceType: 'auto-scaling-group' },
        ],
      },
    }),
    event: { kind: 'tags-changed', group: GROUP, keys: ['evenkeel:workload'], removed: true },
  },
  {
    title: 'a group that was deleted',
    raw: apiCallEvent('DeleteAutoScalingGroup', { requestParameters: { autoScalingGroupName: 'web' } }),
    event: { kind: 'group-deleted', group: GROUP },
  },
  {
    title: 'capacity asked for now, on top of the plan',
    raw: capacityEvent({ workload: 'shop', name: 'flash', instances: 4, minutes: 90 }),
    event: {
      kind: 'capacity-requested',
      workload: 'shop',
      by: 'shop.launches in account 111111111111',
      from: AT,
      until: AT + 90,
      ask: { kind: 'instances', instances: 4 },
    },
  },
  {
    title: 'capacity asked for an announced time, as a multiple of the forecast',
    raw: capacityEvent({
      workload: 'shop',
      name: 'black-friday',
      by: 'marketing',
      factor: 3,
      from: '2026-07-21T08:00:00Z',
      until: '2026-07-21T20:00:00+02:00',
    }),
    event: {
      by: 'marketing',
      from: AT + 1440,
      until: AT + 1440 + 600,
      ask: { kind: 'factor', factor: 3 },
    },
  },
];

describe('events from outside, in our own words', () => {
  test.each(CASES)('$title', ({ raw, event }) => {
    const translated = translate(raw, [...FLEET_EVENTS, ...REQUESTS]);
    expect(translated).toMatchObject({ kind: 'events', events: [event] });
  });

  test('every event carries its id, minute and place', () => {
    const translated = translate(alarmEvent('a', 'OK'), FLEET_EVENTS);
    expect(translated).toMatchObject({ events: [{ id: 'event-1', at: AT, place: PLACE }] });
  });

  test('every kind has an example above', () => {
    const seen = new Set(CASES.map(({ raw }) => raw['detail-type']));
    for (const kind of [...FLEET_EVENTS, ...REQUESTS]) {
      expect(kind.detailTypes.some((type) => seen.has(type))).toBe(true);
    }
  });
});

describe('what is not an event for us', () => {
  test('an event nobody knows is said to be unknown, by source and type', () => {
    const raw = envelope('aws.ec2', 'EC2 Fast Launch State-change Notification', {});
    expect(translate(raw, FLEET_EVENTS)).toEqual({
      kind: 'unknown',
      event: 'aws.ec2/EC2 Fast Launch State-change Notification',
    });
  });

  test('the right type from the wrong source is unknown', () => {
    const raw = envelope('my.app', 'EC2 Spot Instance Interruption Warning', { 'instance-id': 'i-1' });
    expect(translate(raw, FLEET_EVENTS).kind).toBe('unknown');
  });

  test('a request for capacity is no fleet event', () => {
    const raw = capacityEvent({ workload: 'shop', name: 'x', instances: 1, minutes: 5 });
    expect(translate(raw, FLEET_EVENTS).kind).toBe('unknown');
  });

  test.each([
    ['no envelope at all', 'hello'],
    ['no id', { ...alarmEvent('a', 'OK'), id: '' }],
    ['a time that is none', { ...alarmEvent('a', 'OK'), time: 'yesterday' }],
    ['an alarm in a state that does not exist', alarmEvent('a', 'PURPLE')],
    [
      'a launch failure without a group',
      envelope('aws.autoscaling', 'EC2 Instance Launch Unsuccessful', { StatusMessage: 'x' }),
    ],
    ['an API call without a name', envelope('aws.autoscaling', 'AWS API Call via CloudTrail', {})],
  ])('%s is malformed, with the field named', (_, raw) => {
    const translated = translate(raw, FLEET_EVENTS);
    expect(translated.kind).toBe('malformed');
    expect(translated.kind === 'malformed' && translated.problem).not.toBe('');
  });

  test.each([
    [{ workload: 'shop', name: 'x', instances: 4 }, /either until or minutes/],
    [
      { workload: 'shop', name: 'x', instances: 4, minutes: 5, until: '2026-07-21T08:00:00Z' },
      /either until/,
    ],
    [{ workload: 'shop', name: 'x', minutes: 5 }, /either factor .* or instances/],
    [{ workload: 'shop', name: 'x', minutes: 5, factor: 2, instances: 2 }, /either factor/],
    [{ workload: 'shop', name: 'x', minutes: 5, factor: 0.5 }, /factor/],
    [{ workload: 'shop', name: 'x', minutes: 5, instances: 1.5 }, /instances/],
    [{ workload: 'shop', name: 'x', instances: 1, until: '2026-07-19T00:00:00Z' }, /later than from/],
    [{ workload: 'shop', name: 'x', instances: 1, until: 'tonight' }, /write a time with its zone/],
    [{ workload: 'shop', name: 'x', instances: 1, minutes: 5, colour: 'red' }, /colour/],
    [{ name: 'x', instances: 1, minutes: 5 }, /workload/],
  ])('the request %j is refused with what to write', (detail, problem) => {
    const translated = translate(capacityEvent(detail), REQUESTS);
    expect(translated.kind).toBe('malformed');
    expect(translated.kind === 'malformed' && translated.problem).toMatch(problem);
  });

  test.each([
    [
      "target tracking's own alarms",
      alarmEvent('TargetTracking-web-AlarmLow-1', 'ALARM'),
      'alarm-of-target-tracking',
    ],
    [
      'a call that was refused',
      apiCallEvent('UpdateAutoScalingGroup', {
        errorCode: 'ValidationException',
        requestParameters: { autoScalingGroupName: 'web', minSize: 1 },
      }),
      'call-failed',
    ],
    [
      'what Evenkeel did itself',
      apiCallEvent('BatchPutScheduledUpdateGroupAction', {
        userAgent: 'aws-sdk-js/3.1 ua/2.1 evenkeel/0.1.0 evenkeel-decision/tick%2F1',
        requestParameters: { autoScalingGroupName: 'web' },
      }),
      'our-own-change',
    ],
    [
      'tags of others',
      apiCallEvent('CreateOrUpdateTags', {
        requestParameters: { tags: [{ key: 'team', resourceId: 'web' }] },
      }),
      'other-tags',
    ],
    [
      'an update of something Evenkeel does not mind',
      apiCallEvent('UpdateAutoScalingGroup', {
        requestParameters: { autoScalingGroupName: 'web', healthCheckGracePeriod: 60 },
      }),
      'nothing-of-interest-changed',
    ],
  ])('%s is ignored', (_, raw, because) => {
    expect(translate(raw, FLEET_EVENTS)).toEqual({ kind: 'ignored', because });
  });
});
