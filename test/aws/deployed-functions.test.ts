import { DeleteTagsCommand } from '@aws-sdk/client-auto-scaling';
import { apiCallEvent, capacityEvent, envelope, type RawEvent } from '@evenkeel/aws/events/examples';
import type { Instant, Minute } from '@evenkeel/core/quantities';
import { startOf } from '@evenkeel/core/quantities';
import type { GroupRef } from '@evenkeel/engine/ports';
import type { Context } from 'aws-lambda';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { ACCOUNT, type AwsHarness, NOON, openAwsHarness, REGION } from './aws-harness.ts';
import { CONTEXT, type Delivery, type Deployed, deploy, type Worker } from './deployed.ts';
import { queryResult } from './front.ts';
import { createOwner, type Owner, officeLoad } from './owner.ts';

const time = vi.hoisted(() => ({ now: 0 }));
vi.mock('../../functions/clock.ts', () => ({
  clock: { now: () => time.now as Instant, sleep: async () => {} },
}));

/** The functions as the stacks deploy them, and what there is around them. */
interface Story {
  readonly aws: AwsHarness;
  readonly owner: Owner;
  readonly web: GroupRef;
  readonly deployed: Deployed;
  readonly functions: Functions;
}

interface Functions {
  readonly timer: (event: unknown, context: Context) => Promise<void>;
  readonly janitor: (event: unknown, context: Context) => Promise<void>;
  readonly shard: Worker;
  readonly review: Worker;
  readonly fleetEvent: Worker;
  readonly capacityRequested: Worker;
}

let open: AwsHarness | undefined;
afterEach(async () => {
  await open?.close();
  vi.resetModules();
});

/** From tagging to opting out, by events and timers alone. Gives what the ledger tells and how the group stands after each chapter. */
async function tell(delivery: Delivery): Promise<readonly string[]> {
  const story = await begin(delivery);
  const { owner, web, aws } = story;
  const chapters: string[] = [];
  const chapter = async (title: string): Promise<void> => {
    const steps = await owner.actions(web);
    const floors = steps.filter(({ name }) => name !== 'evenkeel-home').map(({ minSize }) => minSize);
    const home = steps.find(({ name }) => name === 'evenkeel-home');
    chapters.push(
      `${title}: min ${await owner.minSize(web)}, floors ${floors.join(' ')}, home ${home?.minSize}`,
    );
  };

  await happen(story, [tagging('CreateOrUpdateTags', 'evenkeel:workload')]);
  await chapter('tagged');
  expect((await owner.actions(web)).length).toBeGreaterThan(2);

  await pass(story, 5);
  await chapter('ticked');
  expect(await owner.minSize(web)).toBeGreaterThanOrEqual(9);

  await happen(story, [shortage()]);
  await chapter('a launch failed');

  await owner.setMinSize(web, 5, { user: 'alice', agent: 'Mozilla/5.0' });
  await happen(story, [resizing('alice', 5)]);
  await chapter('alice changed the size');
  expect(await stepsOf(story)).toEqual([]);

  await pass(story, 24 * 60 + 5);
  await chapter('a day later');
  expect((await stepsOf(story)).length).toBeGreaterThan(0);

  stackUpdate(aws, 'UPDATE_IN_PROGRESS');
  await wait(story, 2);
  await happen(story, [stackEvent('UPDATE_IN_PROGRESS')]);
  await chapter('its stack is being updated');
  expect(await stepsOf(story)).toEqual([]);

  stackUpdate(aws, 'UPDATE_COMPLETE');
  await wait(story, 3);
  await happen(story, [stackEvent('UPDATE_COMPLETE')]);
  await chapter('the update is over');
  expect((await stepsOf(story)).length).toBeGreaterThan(0);

  const scope = { kind: 'workload', workload: 'shop' } as const;
  await aws.stores.holds.place({ kind: 'paused', scope, since: aws.now(), by: 'bob' });
  await pass(story, 5);
  await chapter('paused');
  expect(await stepsOf(story)).toEqual([]);
  await aws.stores.holds.lift(scope, 'paused');
  await pass(story, 5);
  await chapter('resumed');

  const before = Math.max(...(await owner.actions(web)).map(({ minSize }) => minSize ?? 0));
  await happen(story, [capacity()], 'requests');
  await chapter('capacity was asked for');
  expect(Math.max(...(await owner.actions(web)).map(({ minSize }) => minSize ?? 0))).toBeGreaterThan(before);

  await happen(story, [{ garbage: true }, envelope('aws.ec2', 'Something New', {})]);
  await story.functions.janitor({}, CONTEXT);
  await untag(story);
  await story.functions.janitor({}, CONTEXT);
  await story.functions.janitor({}, CONTEXT);
  await chapter('the tag was taken away');
  expect(await stepsOf(story)).toEqual([]);

  const entries = await aws.stores.ledger.recent({ workload: 'shop', limit: 200 });
  const told = entries.map(
    ({ at, decision, excuses }) => `${at - NOON} ${decision?.kind ?? excuses.map(({ code }) => code).join()}`,
  );
  return [...chapters, ...told.reverse()];
}

describe('the deployed functions on an AWS account', () => {
  let once: readonly string[] = [];

  it('live through tagging, floors, a failed launch, an override, a deploy, a pause, a request and the tag going away', async () => {
    once = await tell('once, in order');
    console.log(once.join('\n'));
    const kinds = once.map((line) => line.split(' ')[1]);
    for (const kind of [
      'adoption',
      'strategy',
      'floors',
      'launch-shortage',
      'hold',
      'release',
      'expected-event',
      'give-back',
    ]) {
      expect(kinds).toContain(kind);
    }
  });

  it('S28: come to the same end, with the same ledger, when every message comes twice and shuffled', async () => {
    expect(await tell('twice, shuffled')).toEqual(once);
  });
});

async function begin(delivery: Delivery): Promise<Story> {
  const aws = await openAwsHarness();
  open = aws;
  const owner = createOwner(aws);
  const web = await aws.makeGroup({
    name: 'shop-web',
    tags: {
      'evenkeel:workload': 'shop',
      'evenkeel:tier': '1',
      'evenkeel:mode': 'auto',
      'aws:cloudformation:stack-name': 'shop',
    },
  });
  await aws.putCpuPolicy(web, 50);
  await aws.putCpu(web, officeLoad((NOON - 16 * 1440) as Minute, NOON));
  const deployed = await deploy(aws, delivery);
  const load = async (name: string) =>
    ((await import(`../../functions/${name}.ts`)) as { handler: never }).handler;
  const functions: Functions = {
    timer: await load('on-tick'),
    janitor: await load('on-janitor'),
    shard: await load('on-shard'),
    review: await load('on-review'),
    fleetEvent: await load('on-fleet-event'),
    capacityRequested: await load('on-capacity-requested'),
  };
  return { aws, owner, web, deployed, functions };
}

/** Events come, and what waits in the queues is worked on. */
async function happen(
  story: Story,
  events: readonly object[],
  by: 'events' | 'requests' = 'events',
): Promise<void> {
  const { aws, deployed, functions } = story;
  time.now = startOf(aws.now()) + 1;
  const at = new Date(startOf(aws.now())).toISOString();
  const here = (event: object, index: number): object =>
    'detail' in event && typeof event.detail === 'object'
      ? {
          ...event,
          id: `${aws.now()}-${index}`,
          account: ACCOUNT,
          region: REGION,
          time: at,
          detail:
            'eventID' in (event.detail ?? {})
              ? { ...event.detail, eventID: `call-${aws.now()}`, eventTime: at }
              : event.detail,
        }
      : event;
  await deployed.bring(
    events.map(here),
    by === 'events' ? functions.fleetEvent : functions.capacityRequested,
  );
  await work(story);
}

async function work({ deployed, functions }: Story): Promise<void> {
  await deployed.pump('EVENKEEL_SHARD_QUEUE', functions.shard);
  if ((await deployed.pump('EVENKEEL_REVIEW_QUEUE', functions.review)) > 0) {
    // The profile is there now: the next tick makes floors of it.
    await functions.timer({ work: 'tick', at: new Date(time.now).toISOString() }, CONTEXT);
    await deployed.pump('EVENKEEL_SHARD_QUEUE', functions.shard);
  }
}

/** Time passes with the load of an office; AWS runs what is due, and the timer ticks at the end. */
async function pass(story: Story, minutes: number): Promise<void> {
  const { aws, owner, web, functions } = story;
  const to = (aws.now() + minutes) as Minute;
  await aws.putCpu(web, officeLoad(aws.now(), to));
  await owner.passTime(web, to);
  time.now = startOf(to) + 1;
  await functions.timer({ work: 'tick', at: new Date(startOf(to)).toISOString() }, CONTEXT);
  await work(story);
}

/** Time passes without a timer. */
async function wait({ aws, owner, web }: Story, minutes: number): Promise<void> {
  const to = (aws.now() + minutes) as Minute;
  await aws.putCpu(web, officeLoad(aws.now(), to));
  await owner.passTime(web, to);
  time.now = startOf(to) + 1;
}

async function stepsOf({ owner, web }: Story): Promise<readonly string[]> {
  return (await owner.actions(web)).map(({ name }) => name).filter((name) => name !== 'evenkeel-home');
}

async function untag({ aws, web }: Story): Promise<void> {
  const tag = { ResourceId: web.name, ResourceType: 'auto-scaling-group', Key: 'evenkeel:workload' };
  await aws.clients.autoScaling.send(new DeleteTagsCommand({ Tags: [tag] }));
}

/** CloudFormation says this of the stack from now on. */
function stackUpdate(aws: AwsHarness, status: string): void {
  const standard = aws.front.interceptor;
  const stack = `<StackName>shop</StackName><StackStatus>${status}</StackStatus><CreationTime>2026-01-01T00:00:00Z</CreationTime>`;
  aws.front.interceptor = (request, pass) =>
    request.operation === 'DescribeStacks'
      ? queryResult('DescribeStacks', `<Stacks><member>${stack}</member></Stacks>`)
      : standard?.(request, pass);
}

function stackEvent(status: string): RawEvent {
  return envelope('aws.cloudformation', 'CloudFormation Stack Status Change', {
    'stack-id': `arn:aws:cloudformation:${REGION}:${ACCOUNT}:stack/shop/1a2b`,
    'status-details': { status },
  });
}

function tagging(eventName: string, key: string): RawEvent {
  return apiCallEvent(eventName, {
    requestParameters: { tags: [{ key, resourceId: 'shop-web', resourceType: 'auto-scaling-group' }] },
  });
}

function resizing(userName: string, minSize: number): RawEvent {
  return apiCallEvent('UpdateAutoScalingGroup', {
    userIdentity: { type: 'IAMUser', userName },
    requestParameters: { autoScalingGroupName: 'shop-web', minSize },
  });
}

function shortage(): RawEvent {
  return envelope('aws.autoscaling', 'EC2 Instance Launch Unsuccessful', {
    AutoScalingGroupName: 'shop-web',
    StatusMessage:
      'We currently do not have sufficient m5.large capacity in the Availability Zone you requested (eu-west-1a).',
  });
}

function capacity(): RawEvent {
  return capacityEvent({ workload: 'shop', name: 'sale', by: 'marketing', minutes: 180, instances: 3 });
}
