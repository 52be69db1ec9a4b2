import { EC2Client } from '@aws-sdk/client-ec2';
import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { ServiceQuotasClient } from '@aws-sdk/client-service-quotas';
import type { ShapePorts } from '@evenkeel/engine/ports';
import { createTargetGroups } from './balancers/target-groups.ts';
import { clientConfig } from './clients.ts';
import { createPlaceClients, type PlaceClients, type PlaceSettings } from './floor-ports.ts';
import { createGuardAlarms } from './guard-alarms/guard-alarms.ts';
import { createInstanceMetrics } from './instance-metrics/instance-metrics.ts';
import { createMetricPeriods } from './metrics/metric-periods.ts';
import { createRefreshes } from './refreshes/refreshes.ts';
import { createShapeFacts, type LivePrice } from './shape-facts/shape-facts.ts';

export interface AwsShapeSettings extends PlaceSettings {
  /** The stage whose sign of life the dead-man alarm watches (S19); something has to put it here every five minutes. */
  readonly stage: string;
  /** List price of an On-Demand instance as AWS tells it these days; an approval lapses where it moved (S18). */
  readonly livePrice?: LivePrice;
}

/** What AWS itself stands behind of a rollout's ports; approvals are kept in the documents. */
export type AwsShapePorts = Omit<ShapePorts, 'approvals'>;

/**
 * Apart from the other ports, since the EC2 client is the heavy one and a tick needs none of this. With `clients` the calls count in their
 * budget (S26). Nothing is called before a port is used.
 */
export function createAwsShapePorts(
  settings: AwsShapeSettings,
  clients: PlaceClients = createPlaceClients(settings),
): AwsShapePorts {
  const { autoScaling, cloudWatch, read } = clients;
  const { now } = settings.timing;
  const config = clientConfig(settings);
  const targetGroups = createTargetGroups(new ElasticLoadBalancingV2Client(config));
  return {
    refreshes: createRefreshes({ client: autoScaling, now }),
    guardAlarms: createGuardAlarms({ cloudWatch, autoScaling, targetGroups, stage: settings.stage }),
    shapeFacts: createShapeFacts({
      autoScaling,
      ec2: new EC2Client(config),
      quotas: new ServiceQuotasClient(config),
      targetGroups,
      read,
      now,
      ...(settings.livePrice && { livePrice: settings.livePrice }),
    }),
    instanceMetrics: createInstanceMetrics({
      autoScaling,
      cloudWatch,
      read,
      periods: createMetricPeriods({ read, now }),
      targetGroups,
    }),
  };
}
