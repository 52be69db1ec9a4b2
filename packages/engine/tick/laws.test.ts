import { HOME_STEP_NAME, isOurs, MAX_OURS } from '@evenkeel/core/plan';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { PortError } from '../ports/index.ts';
import { jumpyDemand, makeWorld, type World } from '../testing/world.ts';

/** What may happen to a group, Evenkeel's own failures included. */
type Happening =
  | { readonly kind: 'live' | 'pass'; readonly minutes: number }
  | {
      readonly kind: 'pause' | 'resume' | 'records-lost' | 'tables-lost' | 'all-well' | 'deploy' | 'deployed';
    }
  | { readonly kind: 'failing' | 'failing-items'; readonly what: string; readonly everyNth: number };

const happening: fc.Arbitrary<Happening> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({ kind: fc.constant('live' as const), minutes: fc.integer({ min: 5, max: 120 }) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('pass' as const), minutes: fc.integer({ min: 5, max: 600 }) }),
  },
  fc
    .constantFrom('pause', 'resume', 'records-lost', 'tables-lost', 'all-well', 'deploy', 'deployed')
    .map((kind) => ({
      kind: kind as 'pause',
    })),
  fc.record({
    kind: fc.constant('failing' as const),
    what: fc.constantFrom(
      'put',
      'remove',
      'list',
      'demand',
      'save-record',
      'append',
      'put-target',
      'renew-lease',
    ),
    everyNth: fc.integer({ min: 1, max: 3 }),
  }),
  fc.record({
    kind: fc.constant('failing-items' as const),
    what: fc.constantFrom('put', 'remove'),
    everyNth: fc.integer({ min: 1, max: 4 }),
  }),
);

async function happen(world: World, event: Happening): Promise<void> {
  const { ports, ref } = world;
  const scope = { kind: 'workload', workload: 'shop' } as const;
  switch (event.kind) {
    case 'live':
      return world.live(event.minutes);
    case 'pass':
      return world.pass(event.minutes);
    case 'pause':
      return ports.holds.place({ kind: 'paused', scope, since: world.now(), by: 'alice' });
    case 'resume':
      return ports.holds.lift(scope, 'paused');
    case 'deploy':
      return ports.activity.deploy(ref, { kind: 'stack', name: 'shop', status: 'UPDATE_IN_PROGRESS' });
    case 'deployed':
      return ports.activity.deploy(ref, undefined);
    case 'records-lost':
      return ports.records.clear();
    case 'tables-lost':
      ports.records.clear();
      return ports.holds.clear();
    case 'all-well':
      ports.faults.faults = {};
      return;
    case 'failing-items': {
      let items = 0;
      ports.faults.faults = {
        item: (operation) =>
          operation === event.what && ++items % event.everyNth === 0
            ? { code: 'ResourceContention', message: 'a pending update' }
            : undefined,
      };
      return;
    }
    case 'failing': {
      let calls = 0;
      ports.faults.faults = {
        call: (operation) =>
          operation === event.what && ++calls % event.everyNth === 0
            ? new PortError('throttled', 'slow down')
            : undefined,
      };
    }
  }
}

/** Removals refused while the plan moves on once let a second batch put the 61st step. */
const REFUSED_REMOVALS: Happening[] = [
  { kind: 'failing-items', what: 'remove', everyNth: 1 },
  { kind: 'pass', minutes: 172 },
  { kind: 'live', minutes: 92 },
  { kind: 'live', minutes: 5 },
  { kind: 'live', minutes: 95 },
  { kind: 'live', minutes: 41 },
];

it('S2, S3, S4: whatever happens, MinSize stays between home and MaxSize, ours are at most 60, and left alone the group goes home', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(happening, { minLength: 4, maxLength: 14 }), async (events) => {
      const world = await makeWorld({ demand: jumpyDemand });
      for (const event of events) {
        await happen(world, event);
        expect(world.minSize()).toBeGreaterThanOrEqual(2);
        expect(world.minSize()).toBeLessThanOrEqual(40);
        const { faults } = world.ports.faults;
        world.ports.faults.faults = {};
        const ours = (await world.ports.scheduledActions.list(world.ref)).filter(isOurs);
        world.ports.faults.faults = faults;
        expect(ours.length).toBeLessThanOrEqual(MAX_OURS);
        // Nothing that lifts MinSize above home ever stands without the way back.
        if (ours.some((step) => (step.minSize ?? 0) > 2)) {
          expect(ours.at(-1)).toMatchObject({ name: HOME_STEP_NAME, minSize: 2 });
        }
      }
      world.pass(72 * 60);
      expect(world.minSize()).toBe(2);
      expect(world.target()).toBe(50);
    }),
    { numRuns: 25, examples: [[REFUSED_REMOVALS]] },
  );
});
