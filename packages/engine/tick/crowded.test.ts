import { isOurs, type ScheduledAction } from '@evenkeel/core/plan';
import type { Minute } from '@evenkeel/core/quantities';
import { expect, it } from 'vitest';
import { MAX_ACTIONS_PER_GROUP } from '../ports/index.ts';
import { makeWorld, type World } from '../testing/world.ts';

/** The owner's own actions, far ahead. */
async function crowd(world: World, count: number): Promise<void> {
  const far = world.now() + 40 * 1440;
  const actions = Array.from(
    { length: count },
    (_, i): ScheduledAction => ({ name: `owner-${i}`, start: (far + i) as Minute, maxSize: 40 }),
  );
  for (let i = 0; i < count; i += 50) {
    await world.ports.scheduledActions.put(world.ref, actions.slice(i, i + 50), { decisionId: 'owner' });
  }
}

const outcomes = (world: World) => new Set(world.decisions('floors').map((entry) => entry.outcome?.kind));

it.each([125, 124])(
  'S4: beside %d actions of the owner there is no plan, told once and without a try',
  async (count) => {
    const world = await makeWorld();
    await crowd(world, count);
    await world.live(3 * 60);
    expect(await world.steps()).toEqual([]);
    expect(world.decisions('floors')).toEqual([]);
    const told = world.ports.ledger
      .all()
      .filter(({ excuses }) => excuses.some((each) => each.code === 'too-many-actions'));
    expect(told).toHaveLength(1);
    expect(told[0]?.excuses).toMatchObject([{ facts: { actions: count } }]);
  },
);

it.each([123, 120, 80])(
  'S4: beside %d the plan keeps to the room there is, and nothing is refused',
  async (count) => {
    const world = await makeWorld();
    await crowd(world, count);
    for (let i = 0; i < 36; i++) {
      await world.live(5);
      const standing = await world.ports.scheduledActions.list(world.ref);
      expect(standing.length).toBeLessThanOrEqual(MAX_ACTIONS_PER_GROUP);
      expect(standing.filter(isOurs).at(-1)?.name).toBe('evenkeel-home');
    }
    expect(world.minSize()).toBeGreaterThan(5);
    expect(outcomes(world)).toEqual(new Set(['applied']));
  },
);
