import {
  AutoScalingClient,
  CreateAutoScalingGroupCommand,
  CreateLaunchConfigurationCommand,
  PutScalingPolicyCommand,
} from '@aws-sdk/client-auto-scaling';
import { CloudWatchClient, type MetricDatum, PutMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { type AwsPorts, createAwsPorts, dateOf, type Timing } from '@evenkeel/aws';
import { createDynamoStores, tableDefinition } from '@evenkeel/aws/dynamo';
import type { Instant, Minute } from '@evenkeel/core/quantities';
import type { GroupRef, Stores } from '@evenkeel/engine/ports';
import { type Front, openFront } from './front.ts';
import { answerForLacks } from './lacks.ts';

export const REGION = 'eu-west-1';
/** The account the emulator gives to everybody. */
export const ACCOUNT = '123456789012';
export const TABLE = 'evenkeel';
export const CREDENTIALS = { accessKeyId: 'testing', secretAccessKey: 'testing' };
/** Monday 2026-03-02 12:00 UTC: the emulator has no time of its own for what is tested here. */
export const NOON = (Date.UTC(2026, 2, 2, 12) / 60_000) as Minute;
const LEASE_ROLE = `arn:aws:iam::${ACCOUNT}:role/evenkeel-lease`;

/** An emulated account, empty, with the ports and the stores on it and a hand for what owners do. */
export interface AwsHarness {
  readonly front: Front;
  readonly ports: AwsPorts;
  readonly stores: Stores;
  readonly clients: { readonly autoScaling: AutoScalingClient; readonly cloudWatch: CloudWatchClient };
  now(): Minute;
  setNow(at: Minute): void;
  makeGroup(options?: {
    readonly name?: string;
    readonly tags?: Readonly<Record<string, string>>;
  }): Promise<GroupRef>;
  putCpuPolicy(ref: GroupRef, target: number): Promise<void>;
  putCpu(ref: GroupRef, points: readonly CpuPoint[]): Promise<void>;
  close(): Promise<void>;
}

/** What the instances of a group reported in a period: their utilisation and how many they were. */
export interface CpuPoint {
  readonly at: Minute;
  readonly utilisation: number;
  readonly instances: number;
}

const ENDPOINT = process.env.EVENKEEL_TEST_ENDPOINT;
/** What PutMetricData takes in one call. */
const MOST_DATA = 1000;
const CONFIGURATION = 'test';

/** A fresh account: the emulator forgets everything it had. */
export async function openAwsHarness(): Promise<AwsHarness> {
  if (ENDPOINT === undefined) throw new Error('start these tests with `npm run test:aws`');
  await fetch(`${ENDPOINT}/moto-api/reset`, { method: 'POST' });
  const front = await openFront(ENDPOINT, answerForLacks);
  let now = NOON;
  const timing: Timing = { now: () => (now * 60_000 + 1) as Instant, sleep: async () => {} };
  const settings = { region: REGION, endpoint: front.endpoint, credentials: CREDENTIALS, maxAttempts: 2 };
  const autoScaling = new AutoScalingClient(settings);
  const cloudWatch = new CloudWatchClient(settings);
  const dynamo = new DynamoDBClient(settings);
  await dynamo.send(new CreateTableCommand(tableDefinition(TABLE)));
  await autoScaling.send(
    new CreateLaunchConfigurationCommand({
      LaunchConfigurationName: CONFIGURATION,
      ImageId: 'ami-12c6146b',
      InstanceType: 'm5.large',
    }),
  );
  let made = 0;

  return {
    front,
    clients: { autoScaling, cloudWatch },
    ports: createAwsPorts({
      ...settings,
      account: ACCOUNT,
      timing,
      leaseRoleArn: LEASE_ROLE,
      autoScalingCallsPerSecond: 1_000_000,
    }),
    stores: createDynamoStores({ client: dynamo, table: TABLE }),
    now: () => now,
    setNow: (at) => {
      now = at;
    },
    async makeGroup({ name = `group-${++made}`, tags = { 'evenkeel:workload': 'shop' } } = {}) {
      const command = new CreateAutoScalingGroupCommand({
        AutoScalingGroupName: name,
        LaunchConfigurationName: CONFIGURATION,
        AvailabilityZones: [`${REGION}a`, `${REGION}b`],
        MinSize: 2,
        MaxSize: 20,
        DesiredCapacity: 4,
        Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value, PropagateAtLaunch: false })),
      });
      await autoScaling.send(command);
      return { account: ACCOUNT, region: REGION, name };
    },
    async putCpuPolicy(ref, TargetValue) {
      const command = new PutScalingPolicyCommand({
        AutoScalingGroupName: ref.name,
        // The emulator keeps policies by name across groups.
        PolicyName: `${ref.name}-cpu`,
        PolicyType: 'TargetTrackingScaling',
        TargetTrackingConfiguration: {
          PredefinedMetricSpecification: { PredefinedMetricType: 'ASGAverageCPUUtilization' },
          TargetValue,
        },
      });
      await autoScaling.send(command);
    },
    async putCpu(ref, points) {
      const data = points.map((point) => datum(ref, point));
      for (let index = 0; index < data.length; index += MOST_DATA) {
        const MetricData = data.slice(index, index + MOST_DATA);
        await cloudWatch.send(new PutMetricDataCommand({ Namespace: 'AWS/EC2', MetricData }));
      }
    },
    async close() {
      for (const client of [autoScaling, cloudWatch, dynamo]) client.destroy();
      await front.close();
    },
  };
}

/** CloudWatch gets one sample of each instance; as one statistic set they are the same. */
function datum(ref: GroupRef, { at, utilisation, instances }: CpuPoint): MetricDatum {
  const percent = utilisation * 100;
  return {
    MetricName: 'CPUUtilization',
    Dimensions: [{ Name: 'AutoScalingGroupName', Value: ref.name }],
    Timestamp: dateOf(at),
    Unit: 'Percent',
    StatisticValues: {
      SampleCount: instances,
      Sum: percent * instances,
      Minimum: percent,
      Maximum: percent,
    },
  };
}
