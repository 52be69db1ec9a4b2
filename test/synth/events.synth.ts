import { FLEET_EVENTS, REQUESTS, translate } from '@evenkeel/aws/events';
import { alarmEvent, apiCallEvent, capacityEvent, envelope } from '@evenkeel/aws/events/examples';
import { describe, expect, test } from 'vitest';
import { matches } from './event-pattern.ts';
import { created } from './runs.ts';

interface Rule {
  readonly bus: string;
  readonly pattern: unknown;
  readonly queue: string;
}

const targets = created('fleet', 'aws:cloudwatch/eventTarget:EventTarget');
const rules: readonly Rule[] = created('fleet', 'aws:cloudwatch/eventRule:EventRule').map(
  ({ name, inputs }) => ({
    bus: inputs.eventBusName === 'default' ? 'default' : 'own',
    pattern: inputs.eventPattern,
    queue: String(targets.find((target) => target.inputs.rule === (inputs.name ?? name))?.inputs.arn),
  }),
);
const queuesFor = (bus: string, event: unknown) =>
  rules.filter((rule) => rule.bus === bus && matches(rule.pattern, event)).map(({ queue }) => queue);

const tagCall = (key: string) =>
  apiCallEvent('CreateOrUpdateTags', { requestParameters: { tags: [{ key, resourceId: 'web' }] } });
const groupCall = (name: string) =>
  apiCallEvent(name, { requestParameters: { autoScalingGroupName: 'web', minSize: 1 } });

/** One of each that Evenkeel reacts to. */
const WANTED = FLEET_EVENTS.filter(({ source }) => source !== undefined)
  .flatMap(({ source, detailTypes }) => detailTypes.map((type) => envelope(source!, type, {})))
  .filter(
    (event) =>
      !['CloudWatch Alarm State Change', 'AWS API Call via CloudTrail'].includes(event['detail-type']),
  )
  .concat([
    alarmEvent('queue-depth', 'ALARM'),
    groupCall('UpdateAutoScalingGroup'),
    groupCall('PutScalingPolicy'),
    groupCall('DeleteAutoScalingGroup'),
    tagCall('evenkeel:tier'),
  ]);

describe('the rules bring what the handlers understand', () => {
  test.each(WANTED.map((event) => [`${event.source}: ${event['detail-type']}`, event] as const))(
    '%s comes once from the default bus and once from the own bus, into the queue of fleet events',
    (_, event) => {
      for (const bus of ['default', 'own']) {
        expect(queuesFor(bus, event)).toEqual([expect.stringContaining('EventsQueue')]);
      }
    },
  );

  test('a request for capacity comes from the own bus into a queue of its own, whoever sends it', () => {
    const event = capacityEvent({ workload: 'shop', name: 'x', instances: 1, minutes: 5 });
    expect(queuesFor('own', event)).toEqual([expect.stringContaining('RequestsQueue')]);
    expect(queuesFor('default', event)).toEqual([]);
    expect(translate(event, REQUESTS).kind).toBe('events');
  });

  test.each([
    ["target tracking's own alarms", alarmEvent('TargetTracking-web-AlarmHigh', 'ALARM')],
    ['tags of others', tagCall('team')],
    ['reading calls', groupCall('DescribeAutoScalingGroups')],
    ['launches that went well', envelope('aws.autoscaling', 'EC2 Instance Launch Successful', {})],
    ["Evenkeel's own domain events", envelope('evenkeel', 'Floors Changed', {})],
  ])('%s are not sent on', (_, event) => {
    expect(queuesFor('default', event)).toEqual([]);
    expect(queuesFor('own', event)).toEqual([]);
  });
});
