import { SchedulerClient } from '@aws-sdk/client-scheduler';
import type { Ports, ReadUsage } from '@evenkeel/engine/ports';
import { clientConfig } from './clients.ts';
import { createFloorPorts, createPlaceClients, type FloorPorts, type PlaceSettings } from './floor-ports.ts';
import { usageQueries, usageReadingFrom } from './metrics/usage-reading.ts';
import { createTargets } from './targets/targets.ts';

/** One account and region, and how to call it. */
export interface AwsSettings extends PlaceSettings {
  /** The role EventBridge Scheduler takes to give a target back (S8); without it no target is tuned. */
  readonly leaseRoleArn?: string;
}

/** The ports that AWS itself stands behind; stores and notices are the composition's choice. */
export type AwsPorts = FloorPorts &
  Pick<Ports, 'targets'> & {
    /** Ten series a group. */
    readonly usage: ReadUsage;
  };

/** Builds the AWS ports of one account and region. Nothing is called before a port is used. */
export function createAwsPorts(settings: AwsSettings): AwsPorts {
  const { timing, leaseRoleArn } = settings;
  const clients = createPlaceClients(settings);
  return {
    ...createFloorPorts(settings, clients),
    usage: async (ref, range) => {
      const points = await clients.read(usageQueries(ref, range.period), range.from, range.to);
      return usageReadingFrom({ ...range, points });
    },
    targets: createTargets({
      autoScaling: clients.autoScaling,
      scheduler: new SchedulerClient(clientConfig(settings)),
      now: timing.now,
      ...(leaseRoleArn !== undefined && { leaseRoleArn }),
    }),
  };
}
