import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { CloudTrailClient, LookupEventsCommand } from '@aws-sdk/client-cloudtrail';
import {
  BatchGetDeploymentGroupsCommand,
  BatchGetDeploymentsCommand,
  CodeDeployClient,
  ListDeploymentsCommand,
} from '@aws-sdk/client-codedeploy';
import type { Minute } from '@evenkeel/core/quantities';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { sleepingClock } from '../testing/recorded-endpoint.ts';
import { dateOf } from '../time.ts';
import { createActivity } from './activity.ts';
import { isStackUnderWay } from './stack-deployments.ts';

const trail = mockClient(CloudTrailClient);
const stacks = mockClient(CloudFormationClient);
const deploys = mockClient(CodeDeployClient);
const AT = (Date.UTC(2026, 6, 20, 8) / 60_000) as Minute;
const REF = { account: '1', region: 'eu-west-1', name: 'web' };
const STACK_ID = 'arn:aws:cloudformation:eu-west-1:1:stack/shop/5b7a';

function port(tags: Readonly<Record<string, string>> = {}) {
  const clock = sleepingClock(AT * 60_000);
  const region = { region: 'eu-west-1' };
  const activity = createActivity({
    cloudTrail: new CloudTrailClient(region),
    cloudFormation: new CloudFormationClient(region),
    codeDeploy: new CodeDeployClient(region),
    timing: clock.timing,
    group: async (ref) => ({ ref, tags }) as never,
  });
  return { activity, clock };
}

/** An event of the history as LookupEvents gives it; `minutes` before now. */
function event(eventID: string, minutes: number, fields: object = {}, readOnly = 'false') {
  const eventTime = dateOf((AT - minutes) as Minute).toISOString();
  const record = {
    eventVersion: '1.09',
    eventID,
    eventTime,
    eventSource: 'autoscaling.amazonaws.com',
    eventName: 'UpdateAutoScalingGroup',
    awsRegion: 'eu-west-1',
    userIdentity: { type: 'IAMUser', userName: 'alice' },
    userAgent: 'Mozilla/5.0',
    requestParameters: { autoScalingGroupName: 'web', minSize: 6 },
    responseElements: null,
    ...fields,
  };
  return { EventId: eventID, ReadOnly: readOnly, CloudTrailEvent: JSON.stringify(record) };
}

const denied = Object.assign(new Error('User: x is not authorized to perform: cloudtrail:LookupEvents'), {
  name: 'AccessDeniedException',
});

beforeEach(() => {
  for (const mock of [trail, stacks, deploys]) mock.reset();
  deploys.on(ListDeploymentsCommand).resolves({ deployments: [] });
});

describe('changes', () => {
  it("S12: reads the group's changes over all pages, oldest first, with who made them", async () => {
    trail
      .on(LookupEventsCommand)
      .resolvesOnce({ Events: [event('b', 5)], NextToken: 'more' })
      .resolves({ Events: [event('a', 9, { eventName: 'PutScalingPolicy' })] });
    expect(await port().activity.changes(REF, (AT - 60) as Minute)).toEqual([
      { id: 'a', at: AT - 9, by: 'person', who: 'alice', field: 'policy' },
      { id: 'b', at: AT - 5, by: 'person', who: 'alice', field: 'size', size: { min: 6 } },
    ]);
    expect(trail.commandCalls(LookupEventsCommand)[0]?.args[0].input).toMatchObject({
      LookupAttributes: [{ AttributeKey: 'ResourceName', AttributeValue: 'web' }],
      StartTime: dateOf((AT - 60) as Minute),
    });
  });

  it.each([
    ['another group of a like name', event('x', 5, { requestParameters: { autoScalingGroupName: 'web-2' } })],
    ['another service', event('x', 5, { eventSource: 'ec2.amazonaws.com' })],
    ['a read', event('x', 5, {}, 'true')],
    ['a call that failed', event('x', 5, { errorCode: 'ValidationError' })],
    ['an event before the asked time', event('x', 90)],
    ['a record that is not JSON', { EventId: 'x', CloudTrailEvent: 'oops' }],
    ['a record of another form', { EventId: 'x', CloudTrailEvent: '{"eventID":1}' }],
    ['an event without a record', { EventId: 'x' }],
  ])('leaves out %s', async (_, each) => {
    trail.on(LookupEventsCommand).resolves({ Events: [each] });
    expect(await port().activity.changes(REF, (AT - 60) as Minute)).toEqual([]);
  });

  it('gives undefined where the history may not be read, and rejects where it only failed', async () => {
    trail.on(LookupEventsCommand).rejects(denied);
    expect(await port().activity.changes(REF, AT)).toBeUndefined();
    trail
      .on(LookupEventsCommand)
      .rejects(Object.assign(new Error('Rate exceeded'), { name: 'ThrottlingException' }));
    await expect(port().activity.changes(REF, AT)).rejects.toMatchObject({ code: 'throttled' });
  });

  it('asks at most twice a second, which is all AWS allows', async () => {
    trail.on(LookupEventsCommand).resolves({ Events: [] });
    const { activity, clock } = port();
    for (let index = 0; index < 5; index += 1) await activity.changes(REF, AT);
    expect(clock.sleeps.reduce((sum, each) => sum + each, 0)).toBe(2_000);
  });
});

describe('deployment', () => {
  it.each([
    ['UPDATE_IN_PROGRESS', true],
    ['UPDATE_ROLLBACK_IN_PROGRESS', true],
    ['UPDATE_COMPLETE_CLEANUP_IN_PROGRESS', true],
    ['DELETE_IN_PROGRESS', true],
    ['REVIEW_IN_PROGRESS', false],
    ['UPDATE_COMPLETE', false],
    ['ROLLBACK_FAILED', false],
  ])('S14: a stack that is %s is under way: %s', (status, expected) => {
    expect(isStackUnderWay(status)).toBe(expected);
  });

  it('S14: tells of the stack that owns the group, asked for by its id and once a minute', async () => {
    const stack = {
      StackName: 'shop',
      StackStatus: 'UPDATE_IN_PROGRESS',
      CreationTime: new Date(0),
    } as const;
    stacks.on(DescribeStacksCommand).resolves({ Stacks: [stack] });
    const { activity, clock } = port({
      'aws:cloudformation:stack-name': 'shop',
      'aws:cloudformation:stack-id': STACK_ID,
    });
    const expected = { kind: 'stack', name: 'shop', status: 'UPDATE_IN_PROGRESS' };
    expect(await activity.deployment(REF)).toEqual(expected);
    expect(await activity.deployment({ ...REF, name: 'api' })).toEqual(expected);
    expect(stacks.calls()).toHaveLength(1);
    expect(stacks.commandCalls(DescribeStacksCommand)[0]?.args[0].input).toEqual({ StackName: STACK_ID });
    stacks.on(DescribeStacksCommand).resolves({ Stacks: [{ ...stack, StackStatus: 'UPDATE_COMPLETE' }] });
    clock.advance(60_000);
    expect(await activity.deployment(REF)).toBeUndefined();
  });

  it('is none where the stack is gone, and asks no stack where there is none', async () => {
    stacks
      .on(DescribeStacksCommand)
      .rejects(Object.assign(new Error('Stack with id shop does not exist'), { name: 'ValidationError' }));
    expect(await port({ 'aws:cloudformation:stack-name': 'shop' }).activity.deployment(REF)).toBeUndefined();
    expect(await port().activity.deployment(REF)).toBeUndefined();
    expect(stacks.calls()).toHaveLength(1);
  });

  it.each([
    ['in place', {}, ['web']],
    ['blue/green', { targetInstances: { autoScalingGroups: ['web'] } }, []],
  ])('S14: finds the CodeDeploy deployment of a group, %s', async (_, info, groups) => {
    deploys.on(ListDeploymentsCommand).resolves({ deployments: ['d-1'] });
    deploys.on(BatchGetDeploymentsCommand).resolves({
      deploymentsInfo: [
        {
          deploymentId: 'd-1',
          applicationName: 'shop',
          deploymentGroupName: 'live',
          status: 'InProgress',
          ...info,
        },
      ],
    });
    deploys.on(BatchGetDeploymentGroupsCommand).resolves({
      deploymentGroupsInfo: [{ autoScalingGroups: groups.map((name) => ({ name })) }],
    });
    const { activity } = port();
    expect(await activity.deployment(REF)).toEqual({
      kind: 'codedeploy',
      name: 'd-1',
      status: 'InProgress',
    });
    expect(await activity.deployment({ ...REF, name: 'other' })).toBeUndefined();
    expect(deploys.commandCalls(ListDeploymentsCommand)).toHaveLength(1);
  });

  it('rejects where it may not look: not knowing is not the same as none', async () => {
    deploys.on(ListDeploymentsCommand).rejects(denied);
    await expect(port().activity.deployment(REF)).rejects.toMatchObject({ code: 'denied' });
  });
});
