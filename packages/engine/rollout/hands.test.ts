import { HOME_STEP_NAME } from '@evenkeel/core/plan';
import { type Minute, startOf } from '@evenkeel/core/quantities';
import { expect, it } from 'vitest';
import { createMemoryPorts, plainGroup } from '../memory/index.ts';
import type { Rollout } from './deps.ts';
import { putFloor } from './hands.ts';

/** A full hour. */
const NOW = 29_348_640 as Minute;

it('S3, S21: a floor for a rollout stands at once, the way home more than a day ahead, off the minutes that owners choose', async () => {
  const ports = createMemoryPorts({ now: () => NOW });
  const group = plainGroup('web');
  const { ref } = group;
  ports.groups.set(group);
  await ports.records.save(ref, { home: { minSize: 2 }, adoptedAt: NOW, written: [] });
  const rollout = { ports, ref, plan: { id: 'r1' }, now: () => startOf(NOW) } as unknown as Rollout;
  await putFloor(rollout, 8);
  const steps = await ports.scheduledActions.list(ref);
  const home = steps.find(({ name }) => name === HOME_STEP_NAME);
  expect(steps.find(({ name }) => name !== HOME_STEP_NAME)).toMatchObject({ start: NOW + 1, minSize: 8 });
  expect(home).toMatchObject({ minSize: 2 });
  expect(home!.start - NOW).toBeGreaterThan(29 * 60);
  expect(home!.start - NOW).toBeLessThanOrEqual(30 * 60);
  expect(home!.start % 5).not.toBe(0);
});
