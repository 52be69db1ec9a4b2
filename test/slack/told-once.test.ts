import type { LedgerEntry } from '@evenkeel/core/explain';
import { type Minute, minuteOf } from '@evenkeel/core/quantities';
import type { Document, Documents } from '@evenkeel/engine/ports';
import { eachOnce } from '@evenkeel/slack/messages';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Fate } from './fake-slack.ts';
import { createWorld, expectedEvent, footingLost, START, type World, withoutLease } from './world.ts';

const AT = minuteOf(START);
const MINUTE = 60_000;

/** What may happen, in any order. */
type Act =
  | { readonly kind: 'queue'; readonly entries: readonly LedgerEntry[] }
  | { readonly kind: 'pass'; readonly minutes: number }
  | { readonly kind: 'run' }
  | { readonly kind: 'two-runs' }
  | { readonly kind: 'lost-lease' }
  | { readonly kind: 'queue-dies'; readonly entries: readonly LedgerEntry[]; readonly afterWrites: number }
  | { readonly kind: 'dies'; readonly afterWrites: number };

class Died extends Error {}

/** A store whose user dies at the n-th write, before or after it had its effect. */
function mortal(store: Documents, death: { writes: number; after: boolean }): Documents {
  const step = async (work: () => Promise<boolean>): Promise<boolean> => {
    death.writes -= 1;
    if (death.writes < 0 && !death.after) throw new Died();
    const done = await work();
    if (death.writes < 0) throw new Died();
    return done;
  };
  return {
    ...store,
    write: (collection, key, value, how) => step(() => store.write(collection, key, value, how)),
    remove: (collection, key, expected) => step(() => store.remove(collection, key, expected)),
  };
}

const WORKLOADS = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];

const entry = fc
  .record({
    workload: fc.constantFrom(...WORKLOADS),
    at: fc.nat(20),
    name: fc.constantFrom('lost', 'sale', 'fair'),
  })
  .map(({ workload, at, name }) => {
    const minute = (AT + at) as Minute;
    return name === 'lost' ? footingLost(workload, { at: minute }) : expectedEvent(workload, name, minute);
  });

/** What goes wrong in some groups of one workload: from five on that is one message. */
const trouble = fc
  .record({ at: fc.nat(20), groups: fc.uniqueArray(fc.nat(9), { minLength: 3 }) })
  .map(({ at, groups }) =>
    groups.map((group): LedgerEntry => {
      const one = footingLost('many', { at: (AT + at) as Minute, id: `many-${group}-${at}` });
      return { ...one, group: `many-${group}` };
    }),
  );

const entries = fc.oneof(
  { weight: 3, arbitrary: fc.array(entry, { maxLength: 8 }) },
  { weight: 1, arbitrary: trouble },
);

const act: fc.Arbitrary<Act> = fc.oneof(
  fc.record({ kind: fc.constant('queue' as const), entries }),
  fc.record({ kind: fc.constant('pass' as const), minutes: fc.integer({ min: 0, max: 20 }) }),
  fc.record({ kind: fc.constant('run' as const) }),
  fc.record({ kind: fc.constant('two-runs' as const) }),
  fc.record({ kind: fc.constant('lost-lease' as const) }),
  fc.record({
    kind: fc.constant('queue-dies' as const),
    entries,
    afterWrites: fc.nat(12),
  }),
  fc.record({ kind: fc.constant('dies' as const), afterWrites: fc.nat(12) }),
);

const fates: fc.Arbitrary<readonly Fate[]> = fc.array(
  fc.constantFrom<Fate>('ok', 'ok', 'ok', 'down', 'lost', 'busy', 'limited'),
  { maxLength: 60 },
);

async function live(acts: readonly Act[], script: readonly Fate[], after: boolean): Promise<World> {
  let call = 0;
  const death = { writes: Number.POSITIVE_INFINITY, after };
  const world = createWorld({
    fate: () => script[call++] ?? 'ok',
    through: (store) => mortal(store, death),
  });
  const surviving = async (work: () => Promise<unknown>) => {
    try {
      await work();
    } catch (error) {
      if (!(error instanceof Died)) throw error;
    } finally {
      death.writes = Number.POSITIVE_INFINITY;
    }
  };
  const everything: LedgerEntry[] = [];
  for (const each of acts) {
    if (each.kind === 'queue') {
      everything.push(...each.entries);
      await world.queue(each.entries);
    } else if (each.kind === 'pass') world.pass(each.minutes * MINUTE);
    else if (each.kind === 'run') await world.run();
    else if (each.kind === 'two-runs') await Promise.all([world.run(), world.run()]);
    else if (each.kind === 'lost-lease') await Promise.all([world.run(withoutLease(world)), world.run()]);
    else if (each.kind === 'queue-dies') {
      everything.push(...each.entries);
      death.writes = each.afterWrites;
      await surviving(() => world.queue(each.entries));
    } else {
      death.writes = each.afterWrites;
      await surviving(() => world.run());
    }
  }
  // The bus delivers everything once more, the other way round; then there is peace for half a day.
  await world.queue(everything.toReversed());
  for (let hour = 0; hour < 48; hour += 1) {
    world.pass(15 * MINUTE);
    await world.run();
  }
  return world;
}

describe('no decision is lost, and none is told twice', () => {
  it('under duplicates, reordering, retries, runs that die and Slack being down', async () => {
    let folds = 0;
    let ownFolds = 0;
    let retold = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(act, { maxLength: 14 }), fates, fc.boolean(), async (acts, script, after) => {
        const world = await live(acts, script, after);
        const { messages } = world.slack;
        const queued = eachOnce(acts.flatMap((each) => ('entries' in each ? each.entries : [])));
        const ids = messages.map((message) => message.id);
        expect(new Set(ids).size).toBe(ids.length);
        for (const message of queued) {
          const item = await world.outbox.load(message.id);
          const by = await teller(world, item);
          expect({ text: message.text, toldBy: messages.filter((each) => each.id === by).length }).toEqual({
            text: message.text,
            toldBy: 1,
          });
          if (by === message.id) continue;
          folds += 1;
          if (message.workload === 'many') ownFolds += 1;
          expect(ids).not.toContain(message.id);
        }
        retold += script.filter((fate) => fate === 'lost').length;
        expect((await world.outbox.waiting()).length).toBe(0);
      }),
      { numRuns: 150, seed: 20_260_523 },
    );
    // The property is about nothing unless these happen.
    expect(folds).toBeGreaterThan(ownFolds);
    expect(ownFolds).toBeGreaterThan(0);
    expect(retold).toBeGreaterThan(0);
  });
});

/** The id of the message that tells the item: its own, or that of the fold it is part of. */
async function teller(
  world: World,
  item: Document<{ readonly state: { kind: string } }> | undefined,
): Promise<string | undefined> {
  const state = item?.value.state as { kind: string; into?: string } | undefined;
  if (state?.kind === 'told') return item?.key;
  if (state?.kind !== 'folded' || state.into === undefined) return undefined;
  return teller(world, await world.outbox.load(state.into));
}
