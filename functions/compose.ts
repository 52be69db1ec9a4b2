import { readFileSync } from 'node:fs';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { SQSClient } from '@aws-sdk/client-sqs';
import { createEventBus } from '@evenkeel/aws/bus';
import { type ClientSettings, clientConfig } from '@evenkeel/aws/clients';
import { type AwsPorts, createAwsPorts } from '@evenkeel/aws/compose';
import { createDynamoStores, type DynamoStores } from '@evenkeel/aws/dynamo';
import { beatHeart } from '@evenkeel/aws/heartbeat';
import type { Instant } from '@evenkeel/core/quantities';
import type { Place } from '@evenkeel/engine/events';
import type { Notices, Ports } from '@evenkeel/engine/ports';
import { roleInAccount } from './role-in-account.ts';
import {
  type Deployment,
  parseDeployment,
  parseSettings,
  placeKey,
  placesOf,
  type Settings,
} from './settings/index.ts';
import { createQueue, type Queue } from './shards/queue.ts';

/** What a function starts with: everything that is known before the first event. */
export interface Start {
  readonly deployment: Deployment;
  readonly settings: Settings;
  readonly places: readonly Place[];
  readonly timing: { readonly now: () => Instant; readonly sleep: (milliseconds: number) => Promise<void> };
}

/**
 * Reads environment and settings, once, when Lambda loads the function. Throws a SettingsError with one sentence, so that a wrong setting
 * fails the start and not the hundredth tick.
 */
export function createStart(environment: Readonly<Record<string, string | undefined>> = process.env): Start {
  const deployment = parseDeployment(environment);
  const settings = parseSettings(readFileSync(deployment.settingsFile, 'utf8'), deployment.settingsFile);
  return {
    deployment,
    settings,
    places: placesOf(settings, deployment.account),
    timing: {
      now: () => Date.now() as Instant,
      sleep: (milliseconds) => new Promise((done) => setTimeout(done, milliseconds)),
    },
  };
}

/** The roles of other accounts, by what they may do (S25). */
export type RoleName = 'capacity' | 'janitor';

/** How to call AWS in a place: with the function's own role in its own account, else with the role of that name over there. */
export function clientSettingsIn(start: Start, place: Place, role: RoleName): ClientSettings {
  const { deployment, settings } = start;
  const own = place.account === deployment.account;
  return {
    region: place.region,
    ...(deployment.endpoint !== undefined && { endpoint: deployment.endpoint }),
    ...(!own && {
      credentials: roleInAccount({
        home: homeOf(start),
        roleArn: `arn:aws:iam::${place.account}:role/evenkeel-${deployment.stage}-${role}`,
        externalId: settings.externalId ?? '',
      }),
    }),
  };
}

/** Everything a use case may touch in one place; made once and kept, since clients and what they remember cost time to make. */
export function createPortsIn(
  start: Start,
  options: { readonly role: RoleName; readonly callsPerSecond: number },
): (place: Place) => Ports {
  const stores = storesOf(start);
  const notices = noticesOf(start);
  const made = new Map<string, Ports>();
  return (place) => {
    const known = made.get(placeKey(place));
    if (known) return known;
    const ports = { ...awsPortsIn(start, place, options), ...stores, notices };
    made.set(placeKey(place), ports);
    return ports;
  };
}

function awsPortsIn(
  start: Start,
  place: Place,
  { role, callsPerSecond }: { readonly role: RoleName; readonly callsPerSecond: number },
): AwsPorts {
  const { deployment, timing } = start;
  const ownLease = place.account === deployment.account;
  return createAwsPorts({
    ...clientSettingsIn(start, place, role),
    account: place.account,
    autoScalingCallsPerSecond: callsPerSecond,
    leaseRoleArn: ownLease
      ? deployment.part('leaseRole')
      : `arn:aws:iam::${place.account}:role/evenkeel-${deployment.stage}-lease`,
    timing,
  });
}

function storesOf(start: Start): DynamoStores {
  return createDynamoStores({
    client: new DynamoDBClient(clientConfig(homeOf(start))),
    table: start.deployment.part('table'),
  });
}

function noticesOf(start: Start): Notices {
  return createEventBus({
    client: new EventBridgeClient(clientConfig(homeOf(start))),
    bus: start.deployment.part('bus'),
    wait: start.timing.sleep,
  });
}

/** A queue of the deployment, to send to. */
export function queueOf(start: Start, part: 'shardQueue' | 'reviewQueue'): Queue {
  return createQueue(new SQSClient(clientConfig(homeOf(start))), start.deployment.part(part));
}

/** Where Evenkeel itself lives: its table, bus and queues. */
function homeOf({ deployment, settings }: Start): ClientSettings {
  return {
    region: settings.regions[0]!,
    ...(deployment.endpoint !== undefined && { endpoint: deployment.endpoint }),
  };
}

/** Puts the sign of life that the alarms of a place watch (S19). */
export function createHeartbeat(start: Start): (place: Place) => Promise<void> {
  const clients = new Map<string, CloudWatchClient>();
  return async (place) => {
    const client =
      clients.get(placeKey(place)) ??
      new CloudWatchClient(clientConfig(clientSettingsIn(start, place, 'capacity')));
    clients.set(placeKey(place), client);
    await beatHeart(client, start.deployment.stage);
  };
}
