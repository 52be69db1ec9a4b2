import { HOME_STEP_NAME } from '@evenkeel/core/plan';
import { type Minute, startOf } from '@evenkeel/core/quantities';
import { WORKLOAD_TAG } from '@evenkeel/core/workload';
import { beforeEach, describe, expect, test } from 'vitest';
import { CPU_POLICY, createMemoryPorts, type MemoryPorts, plainGroup } from '../memory/index.ts';
import { PortError } from '../ports/index.ts';
import { rosterOf } from './roster.ts';
import { tidyMissing } from './tidy-missing.ts';

const NOW = 29_742_240 as Minute;
const web = plainGroup('web', { policies: [CPU_POLICY], size: { min: 2, max: 20 } });
const api = plainGroup('api', { policies: [CPU_POLICY], size: { min: 2, max: 20 } });
const { account, region } = web.ref;

let ports: MemoryPorts;
const look = async (tagged?: readonly (typeof web)[]) => {
  const read = (name: string) => ports.groups.read({ ...web.ref, name });
  const { entries, failures } = await tidyMissing(
    {
      ...ports,
      policies: async (ref) => ports.groups.get(ref)?.policies ?? [],
      standing: async (names) =>
        (await Promise.all(names.map(read)))
          .filter((group) => group !== undefined)
          .map(({ ref, size, tags }) => ({ ref, minSize: size.min, workload: tags[WORKLOAD_TAG] })),
    },
    {
      place: { account, region },
      tagged: rosterOf(tagged ?? (await ports.groups.list())),
      now: startOf(NOW),
    },
  );
  return { entries, failures };
};
const names = async ({ ref }: typeof web) => (await ports.scheduledActions.list(ref)).map(({ name }) => name);
const withoutTag = (group: typeof web) => ports.groups.set({ ...group, tags: {} });

beforeEach(async () => {
  ports = createMemoryPorts({ now: () => NOW });
  for (const group of [web, api]) {
    ports.groups.set(group);
    await ports.scheduledActions.put(
      group.ref,
      [
        { name: 'evenkeel-1', start: (NOW + 10) as Minute, minSize: 9 },
        { name: HOME_STEP_NAME, start: (NOW + 1500) as Minute, minSize: 2 },
      ],
      { decisionId: 'd' },
    );
  }
  await look();
});

describe('S16: groups that carried the tag at the last look', () => {
  test('lose what is ours once it is gone, and only they', async () => {
    withoutTag(web);
    const { entries, failures } = await look();
    expect(failures).toEqual([]);
    expect(entries).toMatchObject([{ group: 'web', decision: { kind: 'give-back', reason: 'tag-gone' } }]);
    expect(await names(web)).toEqual([]);
    expect(await names(api)).toEqual(['evenkeel-1', HOME_STEP_NAME]);
    expect((await look()).entries).toEqual([]);
  });

  test('that do not exist any more have their lease ended', async () => {
    await ports.targets.renewLease(
      web.ref,
      { due: (NOW + 600) as Minute, owner: CPU_POLICY },
      { decisionId: 'd' },
    );
    ports.groups.delete(web.ref);
    expect(await look()).toEqual({ entries: [], failures: [] });
    expect(await ports.targets.lease(web.ref)).toBeUndefined();
  });

  test('are looked at again where it fails, and keep nobody else waiting', async () => {
    withoutTag(web);
    withoutTag(api);
    const { list } = ports.scheduledActions;
    Object.assign(ports.scheduledActions, {
      list: async (ref: typeof web.ref) => {
        if (ref.name === 'web') throw new PortError('throttled', 'slow down');
        return list(ref);
      },
    });
    const first = await look();
    expect(first.failures).toMatchObject([
      { ref: { name: 'web' }, error: { code: 'throttled', message: 'slow down' } },
    ]);
    expect(first.entries).toMatchObject([{ group: 'api' }]);
    Object.assign(ports.scheduledActions, { list });
    expect((await look()).entries).toMatchObject([{ group: 'web' }]);
  });

  test('that are tagged after all are left as they are, until their tag is gone', async () => {
    expect(await look([])).toEqual({
      entries: [],
      failures: [],
    });
    expect(await names(web)).toEqual(['evenkeel-1', HOME_STEP_NAME]);
    withoutTag(web);
    await look();
    expect(await names(web)).toEqual([]);
  });
});
