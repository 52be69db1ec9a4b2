import { withDurableExecution } from '@aws/durable-execution-sdk-js';
import { LocalDurableTestRunner, WaitingOperationStatus } from '@aws/durable-execution-sdk-js-testing';
import type { ExecutionInput } from '@evenkeel/aws/durable';
import { type Minute, minute, startOf } from '@evenkeel/core/quantities';
import { reviewAll } from '@evenkeel/engine';
import { DEFAULT_ROLLOUT_SETTINGS } from '@evenkeel/engine/rollout';
import { createRegion, daily } from '@evenkeel/twin';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rolloutFlow } from './rollout-flow.ts';

beforeAll(() => LocalDurableTestRunner.setupTestEnvironment({ skipTime: true }));
afterAll(() => LocalDurableTestRunner.teardownTestEnvironment());

/** Each takes seconds, and more where others are at work. */
const PATIENCE = { timeout: 90_000 };
const START = minute(20_000 * 1440);
const ID = 'review/web/shape';

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
  const payload: ExecutionInput = {
    id: ID,
    at: region.now() as Minute,
    workload: 'shop',
    ref,
    proposal: {
      kind: 'shape-proposed',
      from: { types: ['m6i.large'], count },
      to: { types: ['m6g.large'], count: count / 1.1 },
      expected: {},
      performanceFactor: 1.1,
      priceFactor: 0.8,
      asks: mode === 'approve',
      terms: {
        vcpus: { old: 2, fresh: 2 },
        usdPerInstanceHour: { old: 0.096, fresh: 0.077 },
        size: count,
        demand: mean(visible.subarray(-1440)),
      },
    },
    execution: 'one',
  };
  const settings = {
    ...DEFAULT_ROLLOUT_SETTINGS,
    prices: { stated: ['m6i', 'm6g'], committed: {} },
  };
  const handlerFunction = withDurableExecution(rolloutFlow(() => ({ ports: region.ports, now, settings })));
  const runner = new LocalDurableTestRunner({ handlerFunction });
  return { region, ref, runner, payload, approvals: region.ports.approvals };
}

describe('the rollout as a durable function', PATIENCE, () => {
  it('runs the whole flow on the durable context: the group ends in the new shape', async () => {
    const { region, ref, runner, payload } = await scene(1.1);
    const result = await runner.run({ payload });
    expect(result.getResult()).toBe('finished');
    expect((await region.ports.groups.read(ref))?.shape.instanceTypes).toEqual(['m6g.large']);
  });

  it('is called back by an answer, and a no ends it before anything is written', async () => {
    const { region, runner, payload, approvals } = await scene(1.1, 'approve');
    const running = runner.run({ payload });
    const approval = runner.getOperation('approval 1');
    await runner.getOperation('approval answered 1').waitForData(WaitingOperationStatus.COMPLETED);
    expect((await approvals.read(ID))?.callback).toBe(approval.getCallbackDetails()?.callbackId);
    await approvals.answer(ID, { answer: 'rejected', by: 'slack:U1', at: region.now() });
    await approval.sendCallbackSuccess('');
    expect((await running).getResult()).toBe('not-begun');
    expect(region.ports.refreshes.all()).toEqual([]);
  });

  it('does not wait for an answer that was there before it asked', async () => {
    const { region, runner, payload, approvals } = await scene(1.1, 'approve');
    const expires = minute(region.now() + 4320);
    await approvals.ask({ id: ID, askedAt: region.now(), expires });
    await approvals.answer(ID, { answer: 'approved', by: 'slack:U1', at: region.now() });
    expect((await runner.run({ payload })).getResult()).toBe('finished');
  });
});
