import { PutMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { dateOf } from '@evenkeel/aws';
import { refreshService } from '@evenkeel/aws/testing/refresh-service';
import { type Instant, type Minute, startOf } from '@evenkeel/core/quantities';
import type { RolloutPlan } from '@evenkeel/core/rollout';
import { tickAll } from '@evenkeel/engine';
import type { GroupRef, RolloutPorts } from '@evenkeel/engine/ports';
import {
  createApprovals,
  createPacedSteps,
  DEFAULT_ROLLOUT_SETTINGS,
  type RolloutEnd,
  rollout,
} from '@evenkeel/engine/rollout';
import { afterEach, expect, it } from 'vitest';
import {
  alarmsOf,
  makeGroup,
  openShapes,
  quotaAnswer,
  refreshAnswer,
  type Shapes,
  setState,
  setVcpus,
} from './shapes-harness.ts';

const [OLD, NEW] = ['m5.large', 'm6i.large'];
const TAGS = { 'evenkeel:tier': '2', 'evenkeel:mode': 'auto' };
/** How busy an instance is; the new type does the same with less. */
const BUSY = { old: 30, fresh: 27 };
const STEP = 5;

let shapes: Shapes | undefined;
afterEach(async () => {
  await shapes?.aws.close();
  shapes = undefined;
});

/** A rollout by the real adapters: the emulator's groups, alarms and metrics, refreshes played by the fake of their API. */
async function openScene() {
  shapes = await openShapes();
  const { aws, clients, ports: shapePorts } = shapes;
  // The emulator runs no scheduled actions: the floor that the rollout wants stands from the beginning.
  const { ref } = await makeGroup(shapes, { tags: TAGS, minSize: 4 });
  const provider = refreshService(() => aws.now());
  provider.addGroup('web', { LaunchTemplateName: 'web', Version: '1' });
  /** Instances that the refresh has replaced: the emulator's own keep their type. */
  let replaced = 0;
  aws.front.interceptor = async (request, pass) => {
    if (request.operation === 'DescribeAutoScalingGroups') {
      const answer = await pass(request.body);
      return { ...answer, body: withTypes(Buffer.from(answer.body).toString('utf8'), replaced) };
    }
    return quotaAnswer(request) ?? refreshAnswer(request, provider);
  };
  const ports: RolloutPorts = {
    ...aws.ports,
    ...aws.stores,
    ...shapePorts,
    notices: { publish: async () => {} },
    approvals: createApprovals(aws.stores.documents),
  };
  const day = 1440;
  await aws.putCpu(
    ref,
    Array.from({ length: day / STEP }, (_, index) => ({
      at: (aws.now() - day + index * STEP) as Minute,
      utilisation: BUSY.old / 100,
      instances: 4,
    })),
  );
  await setVcpus(shapes, 208);
  const now = (): Instant => startOf(aws.now());
  await tickAll({ ...aws.ports, ...aws.stores, notices: ports.notices }, now());
  const plan = await planFor(ports, ref, aws.now());
  const paced = createPacedSteps(now);
  const ends: RolloutEnd[] = [];
  const settings = { ...DEFAULT_ROLLOUT_SETTINGS, prices: { stated: ['m5', 'm6i'], committed: {} } };
  const scene = shapes;
  return {
    aws,
    ports,
    plan,
    provider,
    ref,
    ends,
    failures: paced.failures,
    /** The refresh has replaced so many instances, of four. */
    replace(count: number) {
      replaced = count;
      provider.move('web', 'InProgress', { PercentageComplete: `${25 * count}` });
    },
    begin: () =>
      paced.begin(async () => {
        const deps = { ports, steps: paced.steps(new Map()), now, settings, execution: 'one' };
        ends.push(await rollout({ plan, ref }, deps));
      }),
    /** Time passes: instances report, and alarms that were made find nothing wrong. */
    async live(minutes: number) {
      await report(scene, ref, { from: aws.now(), minutes });
      for (let passed = 0; passed < minutes; passed += STEP) {
        aws.setNow((aws.now() + STEP) as Minute);
        if (provider.started() === 0) await calm(scene, provider);
        await paced.pump();
      }
    },
    sent: (operation: string) => aws.front.requests.filter((each) => each.operation === operation),
    clients,
  };
}

/** The first so many instances of the answer are of the new type. */
function withTypes(xml: string, count: number): string {
  let left = count;
  return xml.replaceAll(`<InstanceType>${OLD}</InstanceType>`, (same) =>
    left-- > 0 ? `<InstanceType>${NEW}</InstanceType>` : same,
  );
}

/** Every alarm that stands finds nothing wrong. */
async function calm(scene: Shapes, { alarms }: Pick<ReturnType<typeof refreshService>, 'alarms'>) {
  for (const name of await alarmsOf(scene)) {
    await setState(scene, name, 'ok');
    alarms.set(name, 'OK');
  }
}

async function report(
  { clients, ports }: Shapes,
  ref: GroupRef,
  { from, minutes }: { readonly from: Minute; readonly minutes: number },
): Promise<void> {
  const { instances } = await ports.instanceMetrics.read(ref, from, from);
  const starts = Array.from({ length: minutes / STEP }, (_, index) => (from + index * STEP) as Minute);
  const MetricData = instances.flatMap(({ id, type }) =>
    starts.map((at) => ({
      MetricName: 'CPUUtilization',
      Dimensions: [{ Name: 'InstanceId', Value: id }],
      Timestamp: dateOf(at),
      Value: type === NEW ? BUSY.fresh : BUSY.old,
    })),
  );
  await clients.cloudWatch.send(new PutMetricDataCommand({ Namespace: 'AWS/EC2', MetricData }));
}

async function planFor(ports: RolloutPorts, ref: GroupRef, at: Minute): Promise<RolloutPlan> {
  const { template } = await ports.shapeFacts.read(ref, { types: [NEW] });
  return {
    id: 'review/web/shape',
    workload: 'shop',
    tier: 2,
    from: { types: [OLD], count: 4 },
    to: { types: [NEW], count: 4 },
    vcpus: { old: 2, fresh: 2 },
    usdPerInstanceHour: { old: 0.107, fresh: 0.096 },
    promisedFactor: 1.1,
    expected: {},
    basis: { at, size: 4, demand: (4 * BUSY.old) / 100, template },
  };
}

const DECISION = 'evenkeel-decision/rollout%2Freview%2Fweb%2Fshape%2F';

it('a change of shape goes from preflight to its end by the real adapters: guarded, measured, taken down', async () => {
  const scene = await openScene();
  const { aws, provider } = scene;
  await scene.begin();
  await scene.live(20);
  expect(scene.failures).toEqual([]);
  expect(await alarmsOf(shapes!)).toEqual([
    'evenkeel-guard-web-dead-man',
    'evenkeel-guard-web-target-5xx',
    'evenkeel-guard-web-unhealthy-hosts',
  ]);
  const [started, ...others] = scene.sent('StartInstanceRefresh');
  expect(others).toEqual([]);
  expect(started?.userAgent).toContain(`${DECISION}shape-started`);
  scene.replace(1);
  await scene.live(6 * 60);
  const verdicts = await ledgerOf(scene.ports, 'canary-verdict');
  expect(verdicts).toHaveLength(1);
  expect(verdicts[0]).toMatchObject({ next: 'finish', canaryInstances: 1 });
  scene.replace(4);
  provider.move('web', 'Successful', {
    PercentageComplete: '100',
    EndTime: dateOf(aws.now()).toISOString(),
  });
  await scene.live(20);
  expect(await ledgerOf(scene.ports, 'shape-finished')).toHaveLength(1);
  expect(await alarmsOf(shapes!)).toEqual([]);
  expect(scene.sent('RollbackInstanceRefresh')).toEqual([]);
  for (const write of ['PutMetricAlarm', 'DeleteAlarms', 'StartInstanceRefresh']) {
    for (const { userAgent } of scene.sent(write)) expect(userAgent).toContain(DECISION);
  }
  const holds = await scene.ports.holds.inForce({ workload: 'shop', at: aws.now() });
  expect(holds).toEqual([]);
});

it('S19: where no instance of the new type comes it goes back, and nothing that was made for it stays', async () => {
  const scene = await openScene();
  await scene.begin();
  await scene.live(20);
  expect(scene.sent('StartInstanceRefresh')).toHaveLength(1);
  await scene.live(95);
  expect(scene.sent('RollbackInstanceRefresh').length).toBeGreaterThan(0);
  expect((await scene.ports.refreshes.latest(scene.ref))?.status).toBe('rolling-back');
  scene.provider.move('web', 'RollbackSuccessful', { EndTime: dateOf(scene.aws.now()).toISOString() });
  await scene.live(20);
  expect(scene.ends).toEqual(['rolled-back']);
  expect(await ledgerOf(scene.ports, 'shape-rolled-back')).toMatchObject([{ reason: 'capacity' }]);
  expect(await alarmsOf(shapes!)).toEqual([]);
});

async function ledgerOf({ ledger }: RolloutPorts, kind: string) {
  const entries = await ledger.recent({ workload: 'shop', limit: 100 });
  return entries.flatMap(({ decision }) => (decision?.kind === kind ? [decision] : []));
}
