import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { describe, expect, it } from 'vitest';
import { type QueryFields, QueryRefusal, queryService, textOf } from '../testing/query-protocol.ts';
import { balancingFrom, createTargetGroups } from './target-groups.ts';

const arn = (name: string) => `arn:aws:elasticloadbalancing:eu-west-1:1:targetgroup/${name}/50dc`;
const ALB = 'arn:aws:elasticloadbalancing:eu-west-1:1:loadbalancer/app/shop/73e2';

const IN_TURN = {
  'load_balancing.algorithm.type': 'round_robin',
  'slow_start.duration_seconds': '0',
  'stickiness.enabled': 'false',
  'load_balancing.cross_zone.enabled': 'use_load_balancer_configuration',
};
const listed = (attributes: Readonly<Record<string, string>>) =>
  Object.entries(attributes).map(([Key, Value]) => ({ Key, Value }));

function stage(
  options: {
    attributes?: Readonly<Record<string, Readonly<Record<string, string>>>>;
    health?: Readonly<Record<string, readonly [string, string][]>>;
  } = {},
) {
  const aws = queryService({
    DescribeTargetGroups: ({ TargetGroupArns: arns }) => ({
      TargetGroups: (arns as string[]).map((TargetGroupArn) => ({
        TargetGroupArn,
        LoadBalancerArns: TargetGroupArn.includes('alone') ? [] : [ALB],
      })),
    }),
    DescribeTargetGroupAttributes: (fields) => ({
      Attributes: listed(options.attributes?.[textOf(fields, 'TargetGroupArn')] ?? IN_TURN),
    }),
    DescribeTargetHealth: (fields): QueryFields => ({
      TargetHealthDescriptions: (options.health?.[textOf(fields, 'TargetGroupArn')] ?? []).map(
        ([Id, State]) => ({
          Target: { Id },
          TargetHealth: { State },
        }),
      ),
    }),
  });
  const client = new ElasticLoadBalancingV2Client({
    region: 'eu-west-1',
    credentials: { accessKeyId: 'a', secretAccessKey: 's' },
    maxAttempts: 1,
    requestHandler: aws.handler,
  });
  return { aws, port: createTargetGroups(client) };
}

describe('target groups, over the SDK', () => {
  it('finds the load balancers before them, twenty in a call, and leaves out those without one', async () => {
    const { aws, port } = stage();
    const arns = [arn('web'), arn('alone'), ...Array.from({ length: 20 }, (_, i) => arn(`g${i}`))];
    const names = await port.names(arns);
    expect(names).toHaveLength(21);
    expect(names[0]).toEqual({ TargetGroup: 'targetgroup/web/50dc', LoadBalancer: 'app/shop/73e2' });
    expect(aws.requests).toHaveLength(2);
  });

  it('S21: deals out in turn only where every target group does, and starts slowly where one does', async () => {
    const leastBusy = { ...IN_TURN, 'load_balancing.algorithm.type': 'least_outstanding_requests' };
    const slow = { ...IN_TURN, 'slow_start.duration_seconds': '30' };
    const of = (attributes: Readonly<Record<string, Readonly<Record<string, string>>>>) =>
      stage({ attributes }).port.balancing([arn('web'), arn('api')]);
    expect(await of({})).toEqual({ algorithm: 'round-robin', slowStart: false });
    expect(await of({ [arn('api')]: leastBusy })).toEqual({ algorithm: 'other', slowStart: false });
    expect(await of({ [arn('api')]: slow })).toEqual({ algorithm: 'round-robin', slowStart: true });
    expect(await stage().port.balancing([])).toBeUndefined();
  });

  it('tells which instances fail a check of any of them; those on their way in or out do not', async () => {
    const { port } = stage({
      health: {
        [arn('web')]: [
          ['i-1', 'healthy'],
          ['i-2', 'unhealthy'],
          ['i-3', 'initial'],
          ['i-4', 'draining'],
        ],
        [arn('api')]: [['i-1', 'unhealthy']],
      },
    });
    expect(await port.unhealthy([arn('web'), arn('api')])).toEqual(new Set(['i-2', 'i-1']));
  });

  it('names the permission as IAM does where it is missing', async () => {
    const { aws, port } = stage();
    aws.next('DescribeTargetHealth', { refuse: new QueryRefusal('AccessDenied', 'no', 403) });
    await expect(port.unhealthy([arn('web')])).rejects.toMatchObject({
      code: 'denied',
      permission: 'elasticloadbalancing:DescribeTargetHealth',
    });
  });

  it('rejects as not found where a target group is gone', async () => {
    const { aws, port } = stage();
    aws.next('DescribeTargetGroupAttributes', {
      refuse: new QueryRefusal('TargetGroupNotFound', 'One or more target groups not found'),
    });
    await expect(port.balancing([arn('web')])).rejects.toMatchObject({ code: 'not-found' });
  });
});

describe('S21: balancingFrom', () => {
  it.each([
    ['least outstanding requests', { 'load_balancing.algorithm.type': 'least_outstanding_requests' }],
    ['random weights', { 'load_balancing.algorithm.type': 'weighted_random' }],
    ['sticky sessions', { 'stickiness.enabled': 'true' }],
    ['zones that keep to themselves', { 'load_balancing.cross_zone.enabled': 'false' }],
  ])('takes no equal share for granted under %s', (_, changes) => {
    expect(balancingFrom(listed({ ...IN_TURN, ...changes })).algorithm).toBe('other');
  });

  it('nor where the load balancer tells no algorithm, as one of the network', () => {
    expect(balancingFrom(listed({ 'stickiness.enabled': 'false' }))).toEqual({
      algorithm: 'other',
      slowStart: false,
    });
  });
});
