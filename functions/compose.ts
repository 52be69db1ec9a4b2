import { readFileSync } from 'node:fs';
import type { AutoScalingClient } from '@aws-sdk/client-auto-scaling';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { SchedulerClient } from '@aws-sdk/client-scheduler';
import { SQSClient } from '@aws-sdk/client-sqs';
import { createEventBus } from '@evenkeel/aws/bus';
import { createCallBudget } from '@evenkeel/aws/call-budget';
import { type ClientSettings, clientConfig, createAutoScalingClient } from '@evenkeel/aws/clients';
import { type AwsPorts, createAwsPorts } from '@evenkeel/aws/compose';
import { createRolloutStarter, createWaker as wakerOf } from '@evenkeel/aws/durable';
import { createDynamoDocuments, createDynamoStores } from '@evenkeel/aws/dynamo';
import { beatHeart } from '@evenkeel/aws/heartbeat';
import { createLeases } from '@evenkeel/aws/leases';
import { createPolicyReader } from '@evenkeel/aws/policies';
import { createRemovableActions } from '@evenkeel/aws/removable-actions';
import { type Place, placeKey } from '@evenkeel/core/explain';
import type { TidyPorts } from '@evenkeel/engine';
import type { Documents, Notices, Ports, RolloutStarter, Stores, WakeRollout } from '@evenkeel/engine/ports';
import { clock } from './clock.ts';
import { roleInAccount } from './role-in-account.ts';
import {
  type Deployment,
  parseDeployment,
  parseSettings,
  placesOf,
  type Settings,
} from './settings/index.ts';
import { createHurry, type Hurry } from './shards/hurry.ts';
import { createSender, type Send } from './shards/queue.ts';

/** What a function starts with: everything that is known before the first event. */
export interface Start {
  readonly deployment: Deployment;
  readonly settings: Settings;
  readonly places: readonly Place[];
  readonly timing: typeof clock;
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
    timing: clock,
  };
}

/** The roles of other accounts, by what they may do (S25). */
export type RoleName = 'capacity' | 'janitor' | 'shape';

/** Which role a function works with, and its share of the calls (S26). */
export interface PortOptions {
  readonly role: RoleName;
  readonly callsPerSecond: number;
}

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
export function createPortsIn(start: Start, options: PortOptions): (place: Place) => Ports {
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

/** What tidying up needs in one place (S16); a janitor's role allows no more. */
export function createTidyPortsIn(start: Start, options: PortOptions): (place: Place) => TidyPorts {
  const { records, ledger } = storesOf(start);
  const notices = noticesOf(start);
  return (place) => {
    const { account, region } = place;
    const { timing } = start;
    const scheduler = new SchedulerClient(clientConfig(clientSettingsIn(start, place, options.role)));
    const client = autoScalingIn(start, place, options);
    return {
      scheduledActions: createRemovableActions({ client, timing }),
      policies: createPolicyReader(client),
      targets: createLeases({
        scheduler,
        now: timing.now,
        leaseRoleArn: leaseRoleIn(start, { account, region }),
      }),
      records,
      ledger,
      notices,
    };
  };
}

/** A client for finding groups in a place, within its share of the calls. */
export function createGroupFinder(start: Start, options: PortOptions): (place: Place) => AutoScalingClient {
  const clients = new Map(
    start.places.map((place) => [placeKey(place), autoScalingIn(start, place, options)]),
  );
  return (place) => clients.get(placeKey(place)) ?? autoScalingIn(start, place, options);
}

function autoScalingIn(start: Start, place: Place, { role, callsPerSecond }: PortOptions): AutoScalingClient {
  const budget = createCallBudget({ perSecond: callsPerSecond, timing: start.timing });
  return createAutoScalingClient(clientSettingsIn(start, place, role), budget);
}

function awsPortsIn(start: Start, place: Place, { role, callsPerSecond }: PortOptions): AwsPorts {
  return createAwsPorts({
    ...clientSettingsIn(start, place, role),
    account: place.account,
    autoScalingCallsPerSecond: callsPerSecond,
    leaseRoleArn: leaseRoleIn(start, place),
    timing: start.timing,
  });
}

function leaseRoleIn({ deployment }: Start, { account }: Place): string {
  if (account === deployment.account) return deployment.part('leaseRole');
  return `arn:aws:iam::${account}:role/evenkeel-${deployment.stage}-lease`;
}

/** Documents of the table: what has to happen once. */
export function createDocuments(start: Start): Documents {
  return createDynamoDocuments({
    client: new DynamoDBClient(clientConfig(homeOf(start))),
    table: start.deployment.part('table'),
  });
}

/** Stores in the table. */
export function storesOf(start: Start): Stores {
  return createDynamoStores({
    client: new DynamoDBClient(clientConfig(homeOf(start))),
    table: start.deployment.part('table'),
  });
}

/** The bus, to tell others. */
export function noticesOf(start: Start): Notices {
  return createEventBus({
    client: new EventBridgeClient(clientConfig(homeOf(start))),
    bus: start.deployment.part('bus'),
    wait: start.timing.sleep,
  });
}

/** Sends work to a queue of the deployment. */
export function senderTo(start: Start, part: QueuePart): Send {
  return createSender(new SQSClient(clientConfig(homeOf(start))), start.deployment.part(part));
}

/** Starts rollouts; undefined where the settings do not switch them on (S25). */
export function starterOf(start: Start): RolloutStarter | undefined {
  if (start.settings.shapeChanges === undefined) return undefined;
  return createRolloutStarter({ client: lambdaOf(start), functionArn: start.deployment.part('rollout') });
}

/** Wakes rollouts that wait for an answer; where the settings do not switch rollouts on, there is nobody to wake. */
export function createWaker(start: Start): WakeRollout {
  return start.settings.shapeChanges === undefined ? async () => {} : wakerOf(lambdaOf(start));
}

function lambdaOf(start: Start): LambdaClient {
  return new LambdaClient(clientConfig(homeOf(start)));
}

/** Lets failed messages of a queue of the deployment come again soon. */
export function hurryOn(start: Start, part: QueuePart): Hurry {
  return createHurry(new SQSClient(clientConfig(homeOf(start))), start.deployment.part(part));
}

type QueuePart = 'shardQueue' | 'reviewQueue';

/** Where Evenkeel itself lives: its table, bus and queues. */
export function homeOf({ deployment, settings }: Start): ClientSettings {
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
