import { HOME_STEP_NAME } from '@evenkeel/core/plan';
import { type Minute, startOf } from '@evenkeel/core/quantities';
import { beforeEach, describe, expect, test } from 'vitest';
import { CPU_POLICY, createMemoryPorts, type MemoryPorts, plainGroup } from '../memory/index.ts';
import { type Orphan, tidy } from './tidy.ts';

const NOW = 29_742_240 as Minute;
const context = { decisionId: 'd' };
const group = plainGroup('web', { tags: {}, policies: [CPU_POLICY], size: { min: 9, max: 20 } });
const { ref } = group;
const orphan: Orphan = { ref, minSize: 9, workload: 'shop' };
const step = (name: string, ahead: number, minSize: number) => ({
  name,
  start: (NOW + ahead) as Minute,
  minSize,
});

let ports: MemoryPorts;
const names = async () => (await ports.scheduledActions.list(ref)).map(({ name }) => name);
const run = (fields: Partial<Orphan> = {}) => tidy(ports, { ...orphan, ...fields }, startOf(NOW));

beforeEach(async () => {
  ports = createMemoryPorts({ now: () => NOW });
  ports.groups.set(group);
  await ports.scheduledActions.put(
    ref,
    [step('evenkeel-1', 10, 9), step(HOME_STEP_NAME, 1500, 4), step('nightly', 60, 2)],
    context,
  );
});

describe('S16: a group whose tag is gone', () => {
  test("loses our pending floors, keeps its owner's actions, and its home step gives MinSize back", async () => {
    expect(await run()).toMatchObject({
      workload: 'shop',
      decision: { kind: 'give-back', reason: 'tag-gone' },
      outcome: { kind: 'applied' },
    });
    expect(await names()).toEqual(['nightly', HOME_STEP_NAME]);
  });

  test('that is home already loses the home step too', async () => {
    await run({ minSize: 4 });
    expect(await names()).toEqual(['nightly']);
  });

  test("gets its owner's target back by the lease, made due now", async () => {
    await ports.targets.renewLease(ref, { due: (NOW + 1800) as Minute, owner: CPU_POLICY }, context);
    await run();
    expect((await ports.targets.lease(ref))?.due).toBe(NOW + 3);
  });

  test('S28: twice is once', async () => {
    await run({ minSize: 4 });
    expect(await run({ minSize: 4 })).toBeUndefined();
    expect(ports.ledger.all()).toHaveLength(1);
    expect(ports.notices.published).toHaveLength(1);
  });

  test('what could not be deleted is said, and tried again at the next run', async () => {
    ports.faults.faults = { item: () => ({ code: 'ResourceContention', message: 'busy' }) };
    expect((await run())?.outcome).toMatchObject({ kind: 'partly-applied' });
    ports.faults.faults = {};
    expect((await run())?.outcome).toEqual({ kind: 'applied' });
    expect(await names()).toEqual(['nightly', HOME_STEP_NAME]);
  });
});
