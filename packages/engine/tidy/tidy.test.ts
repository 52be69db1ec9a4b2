import { HOME_STEP_NAME } from '@evenkeel/core/plan';
import { type Minute, startOf } from '@evenkeel/core/quantities';
import { beforeEach, describe, expect, test } from 'vitest';
import { CPU_POLICY, createMemoryPorts, type MemoryPorts, plainGroup } from '../memory/index.ts';
import type { ScalingPolicy } from '../ports/index.ts';
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
const lease = () =>
  ports.targets.renewLease(ref, { due: (NOW + 1800) as Minute, owner: CPU_POLICY }, context);
const names = async () => (await ports.scheduledActions.list(ref)).map(({ name }) => name);
const run = (fields: Partial<Orphan> = {}) => {
  const policies = async () => ports.groups.get(ref)?.policies ?? [];
  return tidy({ ...ports, policies }, { ...orphan, ...fields }, startOf(NOW));
};
/** What was remembered of the group when its tag was there: it stood at a floor of 9, and a step made it 12 since. */
const record = {
  home: { minSize: 4, policy: CPU_POLICY },
  adoptedAt: (NOW - 1440) as Minute,
  minSizeSeen: 9,
  target: 55,
  written: [step('evenkeel-0', -20, 12), step('evenkeel-1', 10, 14)],
};

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
    ports.groups.change(ref, { policies: [{ ...CPU_POLICY, target: 55 }] });
    await lease();
    await run();
    expect((await ports.targets.lease(ref))?.due).toBe(NOW + 3);
  });

  test.each<[string, readonly ScalingPolicy[]]>([
    ['deleted', []],
    ['made a step policy', [{ kind: 'step', name: CPU_POLICY.name, enabled: true }]],
    ['of another metric', [{ ...CPU_POLICY, metric: 'other', target: 55 }]],
    ['with a target that is nobody else’s', [{ ...CPU_POLICY, target: 35 }]],
  ])('S8: keeps a policy %s with the tag: no lease makes it what it was', async (_, policies) => {
    await ports.records.save(ref, record);
    await lease();
    ports.groups.change(ref, { policies });
    await run();
    expect(await ports.targets.lease(ref)).toBeUndefined();
    ports.targets.runDueLeases((NOW + 1800) as Minute);
    expect(ports.groups.get(ref)?.policies).toEqual(policies);
  });

  test.each([
    ['known', record],
    ['lost', undefined],
  ])(
    'S8: keeps what else the owner changed of the policy, and has the target back (record %s)',
    async (_, known) => {
      if (known) await ports.records.save(ref, known);
      await lease();
      ports.groups.change(ref, { policies: [{ ...CPU_POLICY, enabled: false, target: 55 }] });
      await run();
      ports.targets.runDueLeases((NOW + 3) as Minute);
      expect(ports.groups.get(ref)?.policies).toEqual([{ ...CPU_POLICY, enabled: false }]);
    },
  );

  test.each([
    ['as it was seen last', 9, true],
    ['as a step has made it since', 12, true],
    ['as its owner set it together with the tag', 17, false],
  ])('S2: MinSize %s: goes home or stays', async (_, minSize, goesHome) => {
    await ports.records.save(ref, record);
    await run({ minSize });
    expect((await names()).includes(HOME_STEP_NAME)).toBe(goesHome);
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
