import { expect, test } from 'vitest';
import { actorOf } from './actor.ts';
import { ApiCall } from './schema.ts';

const role = (name: string, session: string) => ({
  type: 'AssumedRole',
  arn: `arn:aws:sts::111111111111:assumed-role/${name}/${session}`,
  sessionContext: { sessionIssuer: { userName: name } },
});

test.each([
  ['a user', { userIdentity: { type: 'IAMUser', userName: 'alice' } }, 'person', 'alice'],
  [
    'a person by single sign-on is known by the session',
    { userIdentity: role('AWSReservedSSO_Admin_1', 'bob@example.org'), sessionCredentialFromConsole: 'true' },
    'person',
    'bob@example.org',
  ],
  ['the root user', { userIdentity: { type: 'Root' } }, 'person', 'the root user'],
  [
    'CloudFormation, though a person started it',
    {
      userIdentity: { type: 'IAMUser', userName: 'alice', invokedBy: 'cloudformation.amazonaws.com' },
      userAgent: 'cloudformation.amazonaws.com',
    },
    'infrastructure-code',
    'CloudFormation',
  ],
  [
    'Terraform by its user agent',
    {
      userIdentity: role('ci', 'deploy'),
      userAgent: 'APN/1.0 HashiCorp/1.0 Terraform/1.9.5 terraform-provider-aws/5',
    },
    'infrastructure-code',
    'Terraform',
  ],
  [
    'another AWS service',
    { userIdentity: { type: 'AWSService', invokedBy: 'codedeploy.amazonaws.com' } },
    'aws-service',
    'codedeploy.amazonaws.com',
  ],
  [
    'a service-linked role',
    { userIdentity: role('AWSServiceRoleForAutoScaling', 's') },
    'aws-service',
    'AWSServiceRoleForAutoScaling',
  ],
  [
    'Evenkeel by its user agent',
    { userIdentity: role('someone', 's'), userAgent: 'aws-sdk-js/3.1 evenkeel/0.1.0' },
    'evenkeel',
    'Evenkeel',
  ],
  [
    "the lease's role, whose call is made by EventBridge Scheduler",
    { userIdentity: role('evenkeel-production-lease', 's'), userAgent: 'scheduler.amazonaws.com' },
    'evenkeel',
    'Evenkeel',
  ],
  ['nobody named: on doubt a hold', { userIdentity: {} }, 'unknown', 'someone'],
  [
    'a person whose tool has a like name',
    { userIdentity: { type: 'IAMUser', userName: 'eve' }, userAgent: 'not-evenkeel/1.0' },
    'person',
    'eve',
  ],
])('%s', (_, fields, by, who) => {
  const call = ApiCall.parse({
    eventID: 'e',
    eventTime: '2026-07-20T08:00:00Z',
    eventSource: 'autoscaling.amazonaws.com',
    eventName: 'UpdateAutoScalingGroup',
    ...fields,
  });
  expect(actorOf(call)).toEqual({ by, who });
});
