import { withDurableExecution } from '@aws/durable-execution-sdk-js';
import { LocalDurableTestRunner, WaitingOperationStatus } from '@aws/durable-execution-sdk-js-testing';
import { type Minute, minute, startOf } from '@evenkeel/core/quantities';
import type { RolloutPlan } from '@evenkeel/core/rollout';
import { reviewAll } from '@evenkeel/engine';
import { DEFAULT_ROLLOUT_SETTINGS } from '@evenkeel/engine/rollout';
import { createRegion, daily } from '@evenkeel/twin';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rolloutFlow } from './rollout-flow.ts';

beforeAll(() => LocalDurableTestRunner.setupTestEnvironment({ skipTime: true }));
afterAll(() => LocalDurableTestRunner.teardownTestEnvironment());

const START = minute(20_000 * 1440);

/** A simulated region that plays on whenever the workflow has waited: each look at the clock is three minutes later. */
async function scene(real: number, mode = 'auto') {
  const region = createRegion({
    start: START,
    end: minute(START + 12 * 1440),
    groups: [
      {
        name: 'web',
        tags: { 'evenkeel:workload': 'shop', 'evenkeel:mode': mode },
        demand: daily({ low: 8, high: 12, peakHour: 14 }),
        size: { min: 4, max: 80 },
        shape: { instanceTypes: ['m6i.large'], spotShare: 0, templateVersion: 'number' },
        capacities: { 'm6g.large': real },
      },
    ],
  });
  const ref = region.refs()[0]!;
  region.advance(1445);
  region.ports.guardAlarms.beat(region.now());
  await reviewAll(region.ports, startOf(region.now()));
  const now = () => {
    region.advance(3);
    region.ports.guardAlarms.beat(region.now());
    return startOf(region.now());
  };
  const { inService, visible } = region.history(ref);
  const mean = (values: ArrayLike<number>) => Array.from(values).reduce((a, b) => a + b, 0) / values.length;
  const count = mean(inService.subarray(-1440));
  const plan: RolloutPlan = {
    id: 'review/web/shape',
    workload: 'shop',
    tier: 1,
    from: { types: ['m6i.large'], count },
    to: { types: ['m6g.large'], count: count / 1.1 },
    vcpus: { old: 2, fresh: 2 },
    usdPerInstanceHour: { old: 0.096, fresh: 0.077 },
    promisedFactor: 1.1,
    expected: {},
    basis: {
      at: region.now() as Minute,
      size: count,
      demand: mean(visible.subarray(-1440)),
      template: 'lt-web:1',
    },
  };
  const settings = {
    ...DEFAULT_ROLLOUT_SETTINGS,
    prices: { stated: ['m6i', 'm6g'], committed: {} },
  };
  const handlerFunction = withDurableExecution(rolloutFlow(() => ({ ports: region.ports, now, settings })));
  const runner = new LocalDurableTestRunner({ handlerFunction });
  return { region, ref, plan, runner, payload: { plan, ref, execution: 'one' } };
}

describe('the rollout as a durable function', () => {
  it('runs the whole flow on the durable context: the group ends in the new shape', async () => {
    const { region, ref, runner, payload } = await scene(1.1);
    const result = await runner.run({ payload });
    expect(result.getResult()).toBe('finished');
    expect((await region.ports.groups.read(ref))?.shape.instanceTypes).toEqual(['m6g.large']);
  });

  it('is called back by an answer, and a no ends it before anything is written', async () => {
    const { region, plan, runner, payload } = await scene(1.1, 'approve');
    const running = runner.run({ payload });
    const approval = runner.getOperation('approval');
    await approval.waitForData(WaitingOperationStatus.SUBMITTED);
    const { approvals } = region.ports;
    expect((await approvals.read(plan.id))?.callback).toBeTruthy();
    await approvals.answer(plan.id, { answer: 'rejected', by: 'slack:U1', at: region.now() });
    await approval.sendCallbackSuccess('answered');
    expect((await running).getResult()).toBe('not-begun');
    expect(region.ports.refreshes.all()).toEqual([]);
  });
});
