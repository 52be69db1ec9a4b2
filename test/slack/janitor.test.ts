import {
  AutoScalingClient,
  DescribeAutoScalingGroupsCommand,
  DescribeScheduledActionsCommand,
} from '@aws-sdk/client-auto-scaling';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { GetScheduleCommand, ResourceNotFoundException, SchedulerClient } from '@aws-sdk/client-scheduler';
import { createDynamoDocuments } from '@evenkeel/aws/dynamo';
import type { Context } from 'aws-lambda';
import { mockClient } from 'aws-sdk-client-mock';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { leaseName } from '../../packages/aws/targets/lease.ts';
import { asDeployed } from '../setup/as-deployed.ts';
import { createFakeDynamo } from './fake-dynamo.ts';
import { START } from './world.ts';

const time = vi.hoisted(() => ({ now: 0 }));
vi.mock('../../functions/clock.ts', () => ({
  clock: { now: () => time.now, sleep: async () => undefined },
}));

const ACCOUNT = '111111111111';
const place = { account: ACCOUNT, region: 'eu-west-1' };
const PLACE = `${ACCOUNT}/eu-west-1`;
const autoScaling = mockClient(AutoScalingClient);
const scheduler = mockClient(SchedulerClient);
const documents = () => createDynamoDocuments({ client: new DynamoDBClient({}), table: 'table' });
const untagged = (name: string) => ({ AutoScalingGroupName: name, MinSize: 2, Tags: [] }) as never;
const denied = Object.assign(new Error('no'), { name: 'AccessDenied' });

let janitor: (event: unknown, context: Context) => Promise<unknown>;
let leave: () => void;

beforeAll(async () => {
  time.now = START;
  leave = asDeployed(
    { regions: ['eu-west-1'] },
    {
      EVENKEEL_ACCOUNT: ACCOUNT,
      EVENKEEL_LEASE_ROLE: 'arn:aws:iam::111111111111:role/evenkeel-test-lease',
      AWS_REGION: 'eu-west-1',
    },
  );
  for (const stream of [process.stdout, process.stderr]) vi.spyOn(stream, 'write').mockReturnValue(true);
  janitor = (await import('../../functions/on-janitor.ts')).handler as unknown as typeof janitor;
});

afterAll(() => {
  leave();
  vi.restoreAllMocks();
});

beforeEach(async () => {
  createFakeDynamo();
  autoScaling
    .reset()
    .on(DescribeAutoScalingGroupsCommand)
    .callsFake(({ AutoScalingGroupNames: names }) => ({
      AutoScalingGroups: names === undefined ? [] : [untagged('api'), untagged('web')],
    }))
    .on(DescribeScheduledActionsCommand)
    .resolves({ ScheduledUpdateGroupActions: [] });
  scheduler
    .reset()
    .on(GetScheduleCommand)
    .rejects(new ResourceNotFoundException({ message: 'none', Message: 'none', $metadata: {} }));
  // Two that lost their tag, one that was deleted.
  await documents().write('roster', PLACE, { api: 'shop', gone: 'shop', web: 'shop' }, { expected: 0 });
});

const look = (remaining: number) =>
  janitor({}, { awsRequestId: 'test', getRemainingTimeInMillis: () => remaining } as Context);
const stillOnRoster = async () => Object.keys((await documents().read<object>('roster', PLACE))?.value ?? {});

describe('S16: the janitor as it is deployed', () => {
  it('tidies every group that left, and is done with it', async () => {
    await look(120_000);
    expect(await stillOnRoster()).toEqual([]);
  });

  it.each<[string, string, () => unknown]>([
    [
      'lost its tag',
      'api',
      () => autoScaling.on(DescribeScheduledActionsCommand, { AutoScalingGroupName: 'api' }).rejects(denied),
    ],
    [
      'was deleted',
      'gone',
      () => scheduler.on(GetScheduleCommand, { Name: leaseName({ ...place, name: 'gone' }) }).rejects(denied),
    ],
  ])(
    'a group that %s and cannot be tidied keeps no other from it, and is tried again',
    async (_, name, fail) => {
      fail();
      await look(120_000);
      expect(await stillOnRoster()).toEqual([name]);
    },
  );

  it('leaves to the next look what there is no time for', async () => {
    await look(20_000);
    expect(await stillOnRoster()).toEqual(['api', 'gone', 'web']);
    await look(120_000);
    expect(await stillOnRoster()).toEqual([]);
  });
});
