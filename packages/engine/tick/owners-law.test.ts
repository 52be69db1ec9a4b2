import fc from 'fast-check';
import { expect, it } from 'vitest';
import { CPU_POLICY } from '../memory/index.ts';
import { type Actor, type Change, PortError, type ScalingPolicy } from '../ports/index.ts';
import { jumpyDemand, makeWorld, type World } from '../testing/world.ts';

/** What an owner does to a group beside Evenkeel. */
type Happening =
  | { readonly kind: 'live' | 'pass'; readonly minutes: number }
  | { readonly kind: 'review' | 'pause' | 'resume' | 'suspend' | 'unsuspend' | 'records-lost' }
  | { readonly kind: 'failing'; readonly what: string }
  | { readonly kind: 'min'; readonly by: Actor; readonly min: number }
  | { readonly kind: 'target'; readonly by: Actor; readonly target: number }
  | { readonly kind: 'policy'; readonly name: string }
  | { readonly kind: 'mode'; readonly mode: string };

const of = <K extends string>(...kinds: readonly K[]) => fc.constantFrom(...kinds).map((kind) => ({ kind }));
const minutes = (most: number) => fc.integer({ min: 1, max: most });
const by = fc.constantFrom<Actor>('person', 'infrastructure-code');
const happening: fc.Arbitrary<Happening> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('live' as const), minutes: minutes(240) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('pass' as const), minutes: minutes(900) }) },
  { weight: 3, arbitrary: of('review', 'pause', 'resume', 'suspend', 'unsuspend', 'records-lost') },
  fc.record({
    kind: fc.constant('failing' as const),
    what: fc.constantFrom(
      'nothing',
      'put',
      'remove',
      'list',
      'put-target',
      'renew-lease',
      'end-lease',
      'changes',
    ),
  }),
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('min' as const), by, min: fc.integer({ min: 1, max: 25 }) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('target' as const),
      by,
      target: fc.integer({ min: 30, max: 70 }),
    }),
  },
  fc.record({ kind: fc.constant('policy' as const), name: fc.constantFrom('a', 'b') }),
  fc.record({
    kind: fc.constant('mode' as const),
    // The last is no mode: the group's tags are wrong.
    mode: fc.constantFrom('auto', 'observe', 'recommend', 'approve', 'off', 'autoo'),
  }),
);

/** What the owner last wanted. */
interface Wishes {
  min: number;
  target: number;
  policy: string;
}

let ids = 0;
async function happen(world: World, event: Happening, wishes: Wishes): Promise<void> {
  const { ports, ref } = world;
  const tell = (change: Omit<Change, 'id' | 'at' | 'who'>) => {
    ids += 1;
    ports.activity.record(ref, { id: String(ids), at: world.now(), who: 'bob', ...change });
  };
  const set = (policy: Partial<typeof CPU_POLICY>) => {
    const policies: ScalingPolicy[] = [
      { ...CPU_POLICY, name: wishes.policy, target: wishes.target, ...policy },
    ];
    world.change({ policies });
  };
  switch (event.kind) {
    case 'live':
      return world.live(event.minutes);
    case 'pass':
      return world.pass(event.minutes);
    case 'review':
      return world.review().catch(() => {});
    case 'pause':
      return ports.holds.place({
        kind: 'paused',
        scope: { kind: 'everything' },
        since: world.now(),
        by: 'alice',
      });
    case 'resume':
      return ports.holds.lift({ kind: 'everything' }, 'paused');
    case 'suspend':
      return world.change({ suspendedProcesses: ['ScheduledActions'] });
    case 'unsuspend':
      return world.change({ suspendedProcesses: [] });
    case 'records-lost':
      // What the owner changed since the last tick the trail tells, if it can be read then.
      ports.faults.faults = {};
      ports.records.clear();
      return world.live(5);
    case 'mode':
      return world.tag({ 'evenkeel:mode': event.mode });
    case 'failing':
      ports.faults.faults = {
        call: (operation) => (operation === event.what ? new PortError('throttled', 'slow down') : undefined),
      };
      return;
    case 'min':
      wishes.min = event.min;
      world.change({ size: { min: event.min, max: 40 } });
      return tell({ by: event.by, field: 'size', size: { min: event.min } });
    case 'target':
      wishes.target = event.target;
      set({ target: event.target });
      return tell({ by: event.by, field: 'policy' });
    case 'policy':
      wishes.policy = event.name;
      set({ name: event.name });
      return tell({ by: 'infrastructure-code', field: 'policy' });
  }
}

const live = (minutes: number): Happening => ({ kind: 'live', minutes });
const min = (by: Actor, min: number): Happening => ({ kind: 'min', by, min });
const target = (by: Actor, target: number): Happening => ({ kind: 'target', by, target });

/** What the law once found. */
const FOUND: readonly Happening[][] = [
  // A step that ran unseen before the plan was taken back.
  [live(5), { kind: 'suspend' }, { kind: 'pass', minutes: 1 }, live(4)],
  // A MinSize that a step ran over, and another change of the same hour.
  [live(5), min('person', 1), live(15), target('person', 30), live(1), { kind: 'policy', name: 'a' }],
  // A MinSize that happens to be the floor of when the trail tells of it.
  [live(5), min('person', 1), min('person', 6), target('infrastructure-code', 30)],
  // Two of them between two ticks.
  [live(6), min('person', 1), min('person', 2), live(1)],
  // One that the trail told of together with a target.
  [live(5), min('person', 1), { kind: 'pass', minutes: 15 }, { kind: 'review' }, target('person', 30)],
  // A target that nobody had looked at when the group was left alone.
  [{ kind: 'review' }, { kind: 'suspend' }, target('person', 30), { kind: 'pass', minutes: 1 }, live(4)],
  // A target set just before a review.
  [live(5), target('person', 30), { kind: 'review' }, { kind: 'pass', minutes: 2 }],
];

/** Takes seconds, and more where others are at work. */
const PATIENCE = { timeout: 120_000 };

it(
  'S2, S3, S8: whatever happens, the group ends at what its owner last set when it is left alone',
  PATIENCE,
  async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(happening, { minLength: 4, maxLength: 16 }), async (events) => {
        const world = await makeWorld({ demand: jumpyDemand });
        const wishes: Wishes = { min: 2, target: 50, policy: CPU_POLICY.name };
        for (const event of events) await happen(world, event, wishes);
        world.ports.faults.faults = {};
        world.change({ suspendedProcesses: [] });
        // Evenkeel sees the last of it, and is gone.
        await world.live(120);
        world.pass(72 * 60);
        expect({
          min: world.minSize(),
          target: world.target(),
          policies: world.group().policies.map((p) => p.name),
        }).toEqual({
          min: wishes.min,
          target: wishes.target,
          policies: [wishes.policy],
        });
      }),
      { numRuns: 8, examples: FOUND.map((events) => [events]) },
    );
  },
);
