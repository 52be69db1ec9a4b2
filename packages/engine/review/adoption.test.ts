import { type Minute, startOf } from '@evenkeel/core/quantities';
import { expect, it } from 'vitest';
import { createMemoryPorts, plainGroup } from '../memory/index.ts';
import { tickAll } from '../tick/tick.ts';
import { reviewAll } from './review.ts';

it('whichever use case meets a group first tells its adoption, and only that one', async () => {
  const now = 29_000_000 as Minute;
  const ports = createMemoryPorts({ now: () => now });
  ports.groups.set(plainGroup('web'));
  const reviewed = await reviewAll(ports, startOf(now));
  const ticked = await tickAll(ports, startOf((now + 5) as Minute));
  const adoptions = [...reviewed.entries, ...ticked.entries].filter((e) => e.decision?.kind === 'adoption');
  expect(adoptions).toHaveLength(1);
  expect(reviewed.entries).toContainEqual(adoptions[0]);
});
