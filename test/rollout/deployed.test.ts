import { LocalDurableTestRunner, WaitingOperationStatus } from '@aws/durable-execution-sdk-js-testing';
import { createRolloutStarter, createWaker } from '@evenkeel/aws/durable';
import { type Instant, MINUTES_PER_DAY, type Minute, startOf } from '@evenkeel/core/quantities';
import { createActions, createDirectory } from '@evenkeel/engine/answers';
import {
  type Documents,
  hasEnded,
  PortError,
  type Refreshes,
  type RolloutPorts,
  type RolloutRequest,
  type RolloutStarter,
} from '@evenkeel/engine/ports';
import { startMissed } from '@evenkeel/engine/rollout';
import { createRegion, daily, type Region } from '@evenkeel/twin';
import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { asDeployed } from '../setup/as-deployed.ts';
import { createFakeLambda } from './fake-lambda.ts';

/** What stands where AWS would, and the clock; made anew for each test. */
const world = vi.hoisted(() => ({
  now: (): number => 0,
  ports: undefined as unknown,
  starter: undefined as unknown,
}));
vi.mock('../../functions/clock.ts', () => ({
  clock: { now: () => world.now() as Instant, sleep: async () => {} },
}));
vi.mock('../../functions/compose.ts', async (original) => ({
  ...(await original<object>()),
  createPortsIn: () => () => world.ports,
  createDocuments: (): Documents => ({
    read: (...of) => documents().read(...of),
    write: (...of) => documents().write(...of),
    remove: (...of) => documents().remove(...of),
    list: (...of) => documents().list(...of),
  }),
  hurryOn: () => async () => {},
  starterOf: () => ({ start: (request: RolloutRequest) => (world.starter as RolloutStarter).start(request) }),
}));
vi.mock('../../functions/rollout/refresh-markets.ts', async (original) => ({
  ...(await original<object>()),
  // The catalogue was refreshed today.
  createRefreshRegion: () => async () => ({ kind: 'fresh' }),
}));
vi.mock('../../functions/rollout/compose-rollout.ts', async (original) => ({
  ...(await original<object>()),
  createRolloutPortsIn: () => () => world.ports,
}));

const documents = (): Documents => (world.ports as RolloutPorts).documents;

/** The functions as they are deployed; loading them is most of this file's work, so it is done once. */
async function load() {
  const { handler: onReview } = await import('../../functions/on-review.ts');
  const { handler: rollout } = await import('../../functions/rollout.ts');
  const { handler: onSettle } = await import('../../functions/on-settle.ts');
  return { onReview, rollout, onSettle };
}

let functions: Awaited<ReturnType<typeof load>>;
let leave: () => void;
beforeAll(async () => {
  leave = enter();
  functions = await load();
  await LocalDurableTestRunner.setupTestEnvironment({ skipTime: true });
}, 120_000);
afterAll(async () => {
  await LocalDurableTestRunner.teardownTestEnvironment();
  leave();
});

/** Monday, 3 November 2025; fifteen days of history make two weekends. */
const START = 29_368_800 as Minute;
const DAYS = 15;
const ACCOUNT = '000000000000';
const PLACE = { account: ACCOUNT, region: 'eu-central-1' };
const OLD = 'c7i.xlarge';
const NEW = 'c7a.large';
/** Capacity of a new instance in old ones, as the catalogue says: half the vCPUs, 1.39 times the work of each. */
const REAL = 0.69;
const CONTEXT = {
  functionName: 'rollouts',
  awsRequestId: 'request',
  getRemainingTimeInMillis: () => 300_000,
} as unknown as Context;

/** A simulated region whose group would be cheaper on another type, behind the functions. */
async function deploy(tags: Readonly<Record<string, string>> = {}) {
  const region = createRegion({
    region: PLACE.region,
    start: START,
    end: (START + (DAYS + 12) * MINUTES_PER_DAY) as Minute,
    groups: [
      {
        name: 'web',
        tags: { 'evenkeel:workload': 'shop', 'evenkeel:tier': '2', 'evenkeel:mode': 'auto', ...tags },
        demand: daily({ low: 4, high: 16, peakHour: 18 }),
        size: { min: 3, max: 200 },
        shape: { instanceTypes: [OLD], architecture: 'x86_64', spotShare: 0, templateVersion: 'number' },
        capacities: { [NEW]: REAL },
      },
    ],
  });
  region.advance(DAYS * MINUTES_PER_DAY + 5);
  const lambda = createFakeLambda();
  const clock = { pace: 0 };
  // The local runner skips waits: while a rollout runs, the region plays on with every look at the clock, and faster for the day after.
  world.now = () => {
    const ended = region.ports.refreshes.all().some(hasEnded);
    for (let minutes = clock.pace * (ended ? 30 : 1); minutes > 0; minutes -= 10) {
      region.ports.guardAlarms.beat(region.now());
      region.advance(Math.min(10, minutes));
    }
    region.ports.guardAlarms.beat(region.now());
    return startOf(region.now());
  };
  world.ports = region.ports;
  world.starter = createRolloutStarter({ client: lambda.client, functionArn: 'arn:rollout:1' });
  return { region, lambda, clock, ref: region.refs()[0]! };
}

type Deployed = Awaited<ReturnType<typeof deploy>>;

/** Each of these takes seconds, and more where others are at work. */
const PATIENCE = { timeout: 90_000 };

function enter(): () => void {
  const settings = {
    regions: [PLACE.region],
    logLevel: 'ERROR',
    shapeChanges: { instanceRoles: [] },
    prices: { stated: ['c7i', 'c7a'] },
  };
  return asDeployed(settings, {
    POWERTOOLS_METRICS_DISABLED: 'true',
    EVENKEEL_ACCOUNT: ACCOUNT,
    EVENKEEL_REVIEW_QUEUE: 'queue',
    EVENKEEL_ROLLOUT: 'arn:rollout:1',
  });
}

/** The night's shard, delivered `times` times. */
async function night({ region }: Deployed, times = 1): Promise<void> {
  const body = JSON.stringify({ work: 'review', place: PLACE, groups: ['web'], at: region.now() });
  const records = Array.from(
    { length: times },
    (_, index) => ({ messageId: `m${index}`, receiptHandle: 'r', body, attributes: {} }) as SQSRecord,
  );
  const handler = functions.onReview as (event: SQSEvent, context: Context) => Promise<SQSBatchResponse>;
  expect(await handler({ Records: records }, CONTEXT)).toEqual({ batchItemFailures: [] });
}

/** Carries out what was started, on a local runner of durable functions; `pace`: minutes from one look at the clock to the next. */
function execute({ lambda, clock }: Deployed, pace = 8) {
  const [payload] = lambda.inputs();
  const runner = new LocalDurableTestRunner({ handlerFunction: functions.rollout });
  clock.pace = pace;
  return { runner, running: runner.run({ payload }) };
}

/** What the ledger tells of the change, oldest first. */
async function told({ region }: Pick<Deployed, 'region'>): Promise<readonly string[]> {
  const entries = await region.ports.ledger.recent({ workload: 'shop', limit: 1000 });
  const kinds = entries.flatMap(({ decision }) => decision?.kind ?? []);
  return kinds.filter((kind) => /^shape|^canary/.test(kind)).toReversed();
}

const typesOf = async (region: Region): Promise<readonly string[]> =>
  (await region.ports.groups.read(region.refs()[0]!))?.shape.instanceTypes ?? [];

describe('rollouts as they are deployed', PATIENCE, () => {
  it('S28: a night that is delivered twice starts one execution, which moves the group; the ledger has all of it', async () => {
    const deployed = await deploy();
    await night(deployed, 2);
    expect(deployed.lambda.inputs()).toHaveLength(1);
    const { running } = execute(deployed);
    const result = await running;
    expect(result.getResult()).toBe('finished');
    // An execution has 3,000.
    expect(result.getOperations().length).toBeLessThan(500);
    expect((await typesOf(deployed.region))[0]).toBe(NEW);
    expect(await told(deployed)).toEqual([
      'shape-proposed',
      'shape-started',
      'canary-verdict',
      'shape-finished',
      'shape-verified',
    ]);
    const missed = { starter: world.starter as RolloutStarter, now: startOf(deployed.region.now()) };
    const groups = await deployed.region.ports.groups.list();
    expect((await startMissed(deployed.region.ports, groups, missed)).started).toEqual([]);
  });

  it('in approve it waits for the answer, is woken by it, and goes on', async () => {
    const deployed = await deploy({ 'evenkeel:mode': 'approve' });
    const { region, lambda } = deployed;
    await night(deployed);
    const { runner, running } = execute(deployed);
    await runner.getOperation('approval answered 1').waitForData(WaitingOperationStatus.COMPLETED);
    const [input] = lambda.inputs();
    const { approvals } = region.ports;
    const actions = createActions({
      ports: region.ports,
      directory: createDirectory([region.ports.groups]),
      now: () => startOf(region.now()),
      soon: async () => {},
      approvals,
      wake: createWaker(lambda.client),
    });
    const yes = { kind: 'approve', workload: 'shop', entry: input!.id, by: 'slack:U1' } as const;
    await actions.perform(yes);
    await actions.perform(yes);
    expect(lambda.callbacks).toEqual([(await approvals.read(input!.id))?.callback]);
    await runner.getOperation('approval 1').sendCallbackSuccess('');
    expect((await running).getResult()).toBe('finished');
    expect((await typesOf(region))[0]).toBe(NEW);
  });

  it('S19: an execution that ends by an error is brought to its end by the settler: the canary goes back, and nothing of it is left', async () => {
    const deployed = await deploy();
    const { region, clock, ref } = deployed;
    await night(deployed);
    const { refreshes } = region.ports;
    let looks = 0;
    const broken: Refreshes['latest'] = async (of) => {
      looks += 1;
      if (looks > 12) throw new PortError('denied', 'AWS denies autoscaling:DescribeInstanceRefreshes');
      return refreshes.latest(of);
    };
    world.ports = { ...region.ports, refreshes: { ...refreshes, latest: broken } };
    const result = await execute(deployed, 3).running;
    expect(result.getError()?.errorMessage).toContain('AWS denies');
    expect(region.ports.refreshes.of(ref)?.status).toBe('in-progress');

    world.ports = region.ports;
    const settle = () => functions.onSettle({}, CONTEXT);
    clock.pace = 0;
    await settle();
    expect(region.ports.refreshes.of(ref)?.status).toBe('in-progress');
    region.advance(50);
    await settle();
    for (let minutes = 0; minutes < 600; minutes += 5) {
      region.advance(5);
      await settle();
    }
    expect(await typesOf(region)).toEqual([OLD]);
    expect((await told(deployed)).at(-1)).toBe('shape-rolled-back');
    const holds = await region.ports.holds.inForce({
      workload: 'shop',
      group: `${ACCOUNT}/${PLACE.region}/web`,
      at: region.now(),
    });
    expect(holds).toEqual([]);
  });
});
