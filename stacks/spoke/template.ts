import { DELIVERY, type EventPattern, FLEET_PATTERNS, REQUEST_PATTERN } from '../patterns.ts';
import {
  beat,
  findGroups,
  giveTargetBack,
  janitor,
  leaseTargets,
  METRIC_NAMESPACE,
  type Names,
  type Statement,
  steerGroups,
} from '../permissions/index.ts';
import { readMarket, shape } from '../permissions/shape.ts';

/** Stands for the list of regions, a parameter of the template. */
const REGIONS = '${Regions}';
const NAMES: Names = { account: '${AWS::AccountId}', stage: '${Stage}', regions: [REGIONS] };

const ref = (name: string) => ({ Ref: name });
const sub = (text: string) => ({ 'Fn::Sub': text });

/**
 * What another account, or another region of Evenkeel's own, needs: roles that let Evenkeel in, the lease's role, rules that forward events,
 * the alarm on a tick that did not happen. One plain CloudFormation template for a StackSet.
 */
export function spokeTemplate(): object {
  return {
    AWSTemplateFormatVersion: '2010-09-09',
    Description:
      'Evenkeel: lets an Evenkeel in another account or region look after the Auto Scaling groups here.',
    Parameters: {
      Stage: {
        Type: 'String',
        Default: 'production',
        Description: 'The stage Evenkeel is deployed as.',
      },
      HubAccount: {
        Type: 'String',
        AllowedPattern: '\\d{12}',
        Description: 'The account Evenkeel is deployed in.',
      },
      HubRegion: { Type: 'String', Description: 'The region Evenkeel is deployed in.' },
      ExternalId: {
        Type: 'String',
        NoEcho: true,
        MinLength: 16,
        Description: 'externalId of the settings.',
      },
      RoleRegion: {
        Type: 'String',
        Description:
          'The one region of this account whose stack makes the roles; roles are good in all regions.',
      },
      Regions: {
        Type: 'CommaDelimitedList',
        Description: 'The regions of this account that the settings name; nothing is written elsewhere.',
      },
      InstanceRoles: {
        Type: 'CommaDelimitedList',
        Default: '',
        Description:
          'ARNs of the roles of your instances, where Evenkeel may change instance types; empty: it may not.',
      },
    },
    Conditions: {
      IsOtherAccount: { 'Fn::Not': [{ 'Fn::Equals': [ref('AWS::AccountId'), ref('HubAccount')] }] },
      MakesRoles: {
        'Fn::And': [
          { Condition: 'IsOtherAccount' },
          { 'Fn::Equals': [ref('AWS::Region'), ref('RoleRegion')] },
        ],
      },
      ChangesShapes: {
        'Fn::And': [
          { Condition: 'MakesRoles' },
          { 'Fn::Not': [{ 'Fn::Equals': [{ 'Fn::Join': ['', ref('InstanceRoles')] }, ''] }] },
        ],
      },
    },
    Resources: { ...roles(), ...forwarding(), NoTick: noTick() },
  };
}

function roles(): Record<string, object> {
  return {
    CapacityRole: letsIn(
      'capacity',
      ['on-tick', 'on-shard', 'on-review'],
      [findGroups(NAMES), ...steerGroups(NAMES), ...leaseTargets(NAMES), beat(NAMES)],
    ),
    JanitorRole: letsIn('janitor', ['on-janitor'], janitor(NAMES)),
    ShapeRole: {
      ...letsIn(
        'shape',
        ['rollout', 'on-settle'],
        [
          ...steerGroups(NAMES),
          ...shape({ ...NAMES, instanceRoles: ['${InstanceRoles}'] }),
          ...readMarket(NAMES),
        ],
      ),
      Condition: 'ChangesShapes',
    },
    LeaseRole: {
      Type: 'AWS::IAM::Role',
      Condition: 'MakesRoles',
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
      Properties: {
        RoleName: sub('evenkeel-${Stage}-lease'),
        AssumeRolePolicyDocument: trust(
          { Service: 'scheduler.amazonaws.com' },
          { StringEquals: { 'aws:SourceAccount': ref('AWS::AccountId') } },
        ),
        Policies: [policy([giveTargetBack(NAMES)])],
      },
    },
  };
}

/** A role that only those functions of Evenkeel may take, and only with the external id of the settings. */
function letsIn(name: string, functions: readonly string[], statements: readonly Statement[]): object {
  return {
    Type: 'AWS::IAM::Role',
    Condition: 'MakesRoles',
    Properties: {
      RoleName: sub(`evenkeel-\${Stage}-${name}`),
      AssumeRolePolicyDocument: trust(
        { AWS: ref('HubAccount') },
        {
          StringEquals: { 'sts:ExternalId': ref('ExternalId') },
          ArnEquals: {
            'aws:PrincipalArn': functions.map((each) =>
              sub(`arn:aws:iam::\${HubAccount}:role/evenkeel-\${Stage}-${each}`),
            ),
          },
        },
      ),
      Policies: [policy(statements)],
    },
  };
}

function trust(principal: object, condition: object): object {
  return {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: principal, Action: 'sts:AssumeRole', Condition: condition }],
  };
}

function policy(statements: readonly Statement[]): object {
  return {
    PolicyName: 'evenkeel',
    PolicyDocument: {
      Version: '2012-10-17',
      Statement: statements.map(({ actions, resources, conditions = [] }) => ({
        Effect: 'Allow',
        Action: actions,
        Resource: isParameter(resources) ? ref('InstanceRoles') : resources.map(substituted),
        ...(conditions.length > 0 && {
          Condition: Object.fromEntries(
            [...Map.groupBy(conditions, ({ test }) => test)].map(([test, of]) => [
              test,
              Object.fromEntries(
                of.map(({ variable, values }) => [
                  variable,
                  values[0] === REGIONS ? ref('Regions') : values.map(substituted),
                ]),
              ),
            ]),
          ),
        }),
      })),
    },
  };
}

function isParameter(resources: readonly string[]): boolean {
  return resources[0] === '${InstanceRoles}';
}

function substituted(text: string): unknown {
  return text.includes('${') ? sub(text) : text;
}

function forwarding(): Record<string, object> {
  const patterns: Readonly<Record<string, EventPattern>> = {
    ...FLEET_PATTERNS,
    CapacityRequested: REQUEST_PATTERN,
  };
  const rules = Object.entries(patterns).map(([name, pattern]) => [
    `Forward${name}`,
    {
      Type: 'AWS::Events::Rule',
      Properties: {
        Name: sub(`evenkeel-\${Stage}-forward-${name.toLowerCase()}`),
        EventPattern: pattern,
        Targets: [
          {
            Id: 'hub',
            Arn: sub('arn:aws:events:${HubRegion}:${HubAccount}:event-bus/evenkeel-${Stage}-bus'),
            RoleArn: { 'Fn::GetAtt': ['ForwardRole', 'Arn'] },
            RetryPolicy: {
              MaximumEventAgeInSeconds: DELIVERY.maximumEventAgeInSeconds,
              MaximumRetryAttempts: DELIVERY.maximumRetryAttempts,
            },
            DeadLetterConfig: { Arn: { 'Fn::GetAtt': ['Undelivered', 'Arn'] } },
          },
        ],
      },
    },
  ]);
  return {
    ForwardRole: {
      Type: 'AWS::IAM::Role',
      Properties: {
        RoleName: sub('evenkeel-${Stage}-forward-${AWS::Region}'),
        AssumeRolePolicyDocument: trust(
          { Service: 'events.amazonaws.com' },
          { StringEquals: { 'aws:SourceAccount': ref('AWS::AccountId') } },
        ),
        Policies: [
          policy([
            {
              why: "forwards events to Evenkeel's bus",
              actions: ['events:PutEvents'],
              resources: ['arn:aws:events:${HubRegion}:${HubAccount}:event-bus/evenkeel-${Stage}-bus'],
            },
          ]),
        ],
      },
    },
    Undelivered: {
      Type: 'AWS::SQS::Queue',
      Properties: { QueueName: sub('evenkeel-${Stage}-undelivered'), MessageRetentionPeriod: 1_209_600 },
    },
    UndeliveredPolicy: {
      Type: 'AWS::SQS::QueuePolicy',
      Properties: {
        Queues: [ref('Undelivered')],
        PolicyDocument: {
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Allow',
              Principal: { Service: 'events.amazonaws.com' },
              Action: 'sqs:SendMessage',
              Resource: { 'Fn::GetAtt': ['Undelivered', 'Arn'] },
              Condition: {
                ArnLike: {
                  'aws:SourceArn': sub(
                    'arn:aws:events:${AWS::Region}:${AWS::AccountId}:rule/evenkeel-${Stage}-forward-*',
                  ),
                },
              },
            },
          ],
        },
      },
    },
    ...Object.fromEntries(rules),
  };
}

function noTick(): object {
  return {
    Type: 'AWS::CloudWatch::Alarm',
    Properties: {
      AlarmName: sub('evenkeel-${Stage}-no-tick'),
      AlarmDescription:
        'Evenkeel has not ticked here for 15 minutes; the written plans and target tracking go on.',
      Namespace: METRIC_NAMESPACE,
      MetricName: 'Tick',
      Dimensions: [{ Name: 'Stage', Value: ref('Stage') }],
      Statistic: 'Sum',
      Period: 300,
      EvaluationPeriods: 3,
      ComparisonOperator: 'LessThanThreshold',
      Threshold: 1,
      TreatMissingData: 'breaching',
    },
  };
}
