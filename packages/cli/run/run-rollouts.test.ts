import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSnapshotCatalogue } from '@evenkeel/catalog';
import type { LedgerEntry } from '@evenkeel/core/explain';
import { type Instant, MINUTES_PER_DAY, type Minute, startOf } from '@evenkeel/core/quantities';
import type { Ports } from '@evenkeel/engine/ports';
import { createApprovals } from '@evenkeel/engine/rollout';
import { createSqliteStores } from '@evenkeel/store-sqlite';
import { createRegion, daily } from '@evenkeel/twin';
import { describe, expect, it } from 'vitest';
import { runLoop } from './run-loop.ts';
import { createRunRollouts } from './run-rollouts.ts';

/** Monday, 3 November 2025; fifteen days of history make two weekends. */
const START = 29_368_800 as Minute;
const DAYS = 15;
const NEW = 'c7a.large';
/** Each takes seconds, and more where others are at work. */
const PATIENCE = { timeout: 90_000 };

/** A simulated region and a file; each `live` is a process of its own on them. */
function makeWorld() {
  const region = createRegion({
    region: 'eu-central-1',
    start: START,
    end: (START + (DAYS + 6) * MINUTES_PER_DAY) as Minute,
    groups: [
      {
        name: 'web',
        tags: { 'evenkeel:workload': 'shop', 'evenkeel:tier': '2', 'evenkeel:mode': 'approve' },
        demand: daily({ low: 4, high: 16, peakHour: 18 }),
        size: { min: 3, max: 200 },
        shape: {
          instanceTypes: ['c7i.xlarge'],
          architecture: 'x86_64',
          spotShare: 0,
          templateVersion: 'number',
        },
        capacities: { [NEW]: 0.69 },
      },
    ],
  });
  region.advance(DAYS * MINUTES_PER_DAY + 5);
  const file = join(mkdtempSync(join(tmpdir(), 'evenkeel-run-')), 'evenkeel.db');
  const told: LedgerEntry[] = [];
  const problems: string[] = [];
  let now: number = startOf(region.now());

  /** A process that ends as soon as `until` says so, in the middle of whatever is under way. */
  const live = async (until: (told: readonly LedgerEntry[]) => boolean, rollouts = true): Promise<void> => {
    const stores = createSqliteStores(file);
    const ports: Ports = {
      ...region.ports,
      ...stores,
      catalogue: createSnapshotCatalogue(),
      notices: { publish: async () => {} },
    };
    const ending = new AbortController();
    const clock = {
      now: () => now as Instant,
      sleep: async (milliseconds: number) => {
        const minutes = Math.floor((now + milliseconds) / 60_000) - Math.floor(now / 60_000);
        now += milliseconds;
        if (minutes > 0) region.advance(minutes);
        if (until(told)) ending.abort();
      },
    };
    const hear = (entries: readonly LedgerEntry[]) => void told.push(...entries);
    const { refreshes, guardAlarms, shapeFacts, instanceMetrics } = region.ports;
    const shapes = {
      ports: { refreshes, guardAlarms, shapeFacts, instanceMetrics },
      beat: async () => guardAlarms.beat(region.now()),
    };
    await runLoop({
      ports,
      place: region.refs()[0]!,
      clock,
      once: false,
      signal: ending.signal,
      view: {
        reviewing: () => {},
        reviewed: () => {},
        told: hear,
        ticked: async () => {},
        failed: (error) => void problems.push(String(error)),
        rolloutFailed: ({ message }) => void problems.push(message),
        waiting: () => {},
      },
      ...(rollouts && {
        rollouts: createRunRollouts({
          ports,
          shapes,
          now: clock.now,
          told: hear,
          failed: ({ message }) => void problems.push(message),
        }),
      }),
    });
    stores.close();
  };

  return {
    region,
    told,
    problems,
    live,
    async approve(): Promise<void> {
      const stores = createSqliteStores(file);
      const asked = told.find(({ decision }) => decision?.kind === 'shape-proposed');
      const answer = { answer: 'approved', by: 'bob', at: region.now() } as const;
      expect(await createApprovals(stores.documents).answer(asked?.id ?? '', answer)).toBe('taken');
      stores.close();
    },
    kinds: () =>
      told.flatMap(({ decision }) => decision?.kind ?? []).filter((kind) => /^shape|^canary/.test(kind)),
    types: async () => (await region.ports.groups.read(region.refs()[0]!))?.shape.instanceTypes,
  };
}

const after =
  (kind: string) =>
  (told: readonly LedgerEntry[]): boolean =>
    told.some(({ decision }) => decision?.kind === kind);

describe('evenkeel run --rollouts', PATIENCE, () => {
  it('goes on after its process ended while it waited for an answer, and again while a canary was measured', async () => {
    const world = makeWorld();
    await world.live(after('shape-proposed'));
    await world.approve();
    await world.live(after('shape-started'));
    const canary = () => world.region.ports.refreshes.of(world.region.refs()[0]!);
    expect(canary()?.status).toBe('in-progress');
    await world.live(after('shape-verified'));
    expect(world.problems).toEqual([]);
    expect(world.kinds()).toEqual([
      'shape-proposed',
      'shape-started',
      'canary-verdict',
      'shape-finished',
      'shape-verified',
    ]);
    expect((await world.types())?.[0]).toBe(NEW);
  });

  it('without the flag a better shape is told, and nobody is asked', async () => {
    const world = makeWorld();
    await world.live(after('shape-proposed'), false);
    const proposed = world.told.find(({ decision }) => decision?.kind === 'shape-proposed');
    expect(proposed?.outcome).toEqual({ kind: 'told', because: 'rollouts-are-off' });
    expect(world.region.ports.refreshes.all()).toEqual([]);
  });
});
