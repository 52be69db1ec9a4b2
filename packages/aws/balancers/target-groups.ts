import {
  DescribeTargetGroupAttributesCommand,
  DescribeTargetGroupsCommand,
  DescribeTargetHealthCommand,
  type ElasticLoadBalancingV2Client,
  type TargetGroupAttribute,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Balancing } from '@evenkeel/core/rollout';
import { call, inBatches } from '../call.ts';
import { type BalancerName, targetGroupName } from '../metrics/guard-reading.ts';

/** What Elastic Load Balancing says of target groups, by their ARNs; asked for during rollouts only. */
export interface TargetGroups {
  /** The load balancers before them; a target group that none uses is left out. */
  names(arns: readonly string[]): Promise<readonly BalancerName[]>;
  /** How requests are dealt out over all of them; undefined without a target group. */
  balancing(arns: readonly string[]): Promise<Balancing | undefined>;
  /** Ids of the instances that fail a health check of one of them. */
  unhealthy(arns: readonly string[]): Promise<ReadonlySet<string>>;
}

/** What DescribeTargetGroups takes in one call. */
const MOST_ARNS = 20;

export function createTargetGroups(client: ElasticLoadBalancingV2Client): TargetGroups {
  return {
    async names(arns) {
      const names: BalancerName[] = [];
      for (const TargetGroupArns of inBatches(arns, MOST_ARNS)) {
        const { TargetGroups: found = [] } = await call(
          client,
          new DescribeTargetGroupsCommand({ TargetGroupArns }),
        );
        for (const { TargetGroupArn: arn, LoadBalancerArns: balancers = [] } of found) {
          if (arn === undefined) continue;
          const TargetGroup = targetGroupName(arn);
          names.push(...balancers.map((each) => ({ TargetGroup, LoadBalancer: balancerName(each) })));
        }
      }
      return names;
    },

    async balancing(arns) {
      if (arns.length === 0) return undefined;
      const ways: Balancing[] = [];
      for (const TargetGroupArn of arns) {
        const command = new DescribeTargetGroupAttributesCommand({ TargetGroupArn });
        ways.push(balancingFrom((await call(client, command)).Attributes ?? []));
      }
      return {
        algorithm: ways.every(({ algorithm }) => algorithm === 'round-robin') ? 'round-robin' : 'other',
        slowStart: ways.some(({ slowStart }) => slowStart),
      };
    },

    async unhealthy(arns) {
      const unhealthy = new Set<string>();
      for (const TargetGroupArn of arns) {
        const command = new DescribeTargetHealthCommand({ TargetGroupArn });
        const { TargetHealthDescriptions: targets = [] } = await call(client, command);
        for (const { Target: target, TargetHealth: health } of targets) {
          if (health?.State === 'unhealthy' && target?.Id !== undefined) unhealthy.add(target.Id);
        }
      }
      return unhealthy;
    },
  };
}

/**
 * S21: equal shares come from round robin alone. Sticky sessions keep a client where it was, and a target group that does not go across zones
 * gives a zone with few instances more for each; a network load balancer, which hashes flows, tells no algorithm at all.
 */
export function balancingFrom(attributes: readonly TargetGroupAttribute[]): Balancing {
  const value = (key: string) => attributes.find(({ Key }) => Key === key)?.Value;
  const inTurn =
    value('load_balancing.algorithm.type') === 'round_robin' &&
    value('stickiness.enabled') !== 'true' &&
    value('load_balancing.cross_zone.enabled') !== 'false';
  return {
    algorithm: inTurn ? 'round-robin' : 'other',
    slowStart: Number(value('slow_start.duration_seconds') ?? 0) > 0,
  };
}

/** The dimension of a load balancer: `app/shop/73e2d6bc24d8a067`. */
function balancerName(arn: string): string {
  return arn.slice(arn.indexOf('loadbalancer/') + 'loadbalancer/'.length);
}
