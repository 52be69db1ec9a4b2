import { excuseSentence } from '@evenkeel/core/explain';
import { nameStrategy, type Strategy } from '@evenkeel/core/forecast';
import { type Minute, startOf } from '@evenkeel/core/quantities';
import { parsePolicy } from '@evenkeel/core/workload';
import { describe, expect, it } from 'vitest';
import { createMemoryPorts, plainGroup } from '../memory/index.ts';
import { openRun } from '../run/open-run.ts';
import { DEFAULT_SETTINGS, type EngineSettings } from '../run/settings.ts';
import { MIDNIGHT, officeDemand } from '../testing/world.ts';
import { mayChange, noteHotMinutes } from './fleet-pace.ts';
import { reviewAll } from './review.ts';

const DAY = 1440;
const OWN: Strategy = { target: 0.5, floors: 'none' };
const FLOORS: Strategy = { target: 0.5, floors: { forecaster: 'time-of-day', quantile: 0.9 } };
const HIGHER: Strategy = { ...FLOORS, target: 0.55 };
const MATCHES = { kind: 'matches', error: 0 } as const;
const EXCUSE = { code: 'replay-does-not-match', bottleneck: 'hot minutes', facts: {} } as const;
const DIFFERS = { kind: 'does-not-match', error: 0.3, excuse: EXCUSE } as const;

/** Ten groups unless said otherwise: one change a day. */
function makeFleet(settings: Partial<EngineSettings> = {}) {
  const ports = createMemoryPorts({ now: () => MIDNIGHT });
  const all = { ...DEFAULT_SETTINGS, fleetGroups: 10, ...settings };
  const open = async (workload: string, tier: number, night: number, mode = 'auto') => {
    const tags = {
      'evenkeel:workload': workload,
      'evenkeel:tier': String(tier),
      'evenkeel:mode': mode,
    };
    const now = startOf((MIDNIGHT + night * DAY) as Minute);
    const group = plainGroup(workload, { tags });
    ports.groups.set(group);
    const run = await openRun({ useCase: 'review', ports, group, now, settings: all });
    const parsed = parsePolicy(tags, undefined);
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.excuses));
    return { run, policy: parsed.policy };
  };
  return {
    ports,
    ask: async (
      workload: string,
      tier: number,
      night: number,
      change = { from: OWN, to: FLOORS },
      mode?: string,
    ) => {
      const { run, policy } = await open(workload, tier, night, mode);
      const ok = await mayChange(run, policy, change);
      return { ok, sentence: run.excuses.map(excuseSentence).join() };
    },
    hot: async (workload: string, night: number, gate: typeof MATCHES | typeof DIFFERS) => {
      const { run, policy } = await open(workload, 3, night);
      await noteHotMinutes(run, policy, gate);
    },
  };
}

describe('S24: new targets or strategies for a tenth of the groups a day', () => {
  it('S24: one of ten a day, the others wait for the next nights and say so', async () => {
    const { ask } = makeFleet();
    expect(await ask('a', 2, 0)).toEqual({ ok: true, sentence: '' });
    expect(await ask('b', 2, 0)).toEqual({
      ok: false,
      sentence:
        'Another strategy waits for its turn: at most 1 workload a day is changed, the least critical first (1 changed, 0 less critical waiting).',
    });
    expect((await ask('b', 2, 1)).ok).toBe(true);
    expect((await ask('a', 2, 0)).ok).toBe(true);
  });

  it('S24: three of thirty-five a day', async () => {
    const { ask } = makeFleet({ fleetGroups: 35 });
    const asked = [];
    for (const name of ['a', 'b', 'c', 'd']) asked.push((await ask(name, 2, 0)).ok);
    expect(asked).toEqual([true, true, true, false]);
  });

  it('S24: of those that ask at once no more get a place than there are', async () => {
    const { ask } = makeFleet();
    const asked = await Promise.all(['a', 'b', 'c'].map((name) => ask(name, 2, 0)));
    expect(asked.filter(({ ok }) => ok)).toHaveLength(1);
  });

  it('S24: whoever is less critical and waits comes first, in whatever order they are reviewed', async () => {
    const { ask } = makeFleet();
    await ask('first', 3, 0);
    expect((await ask('batch', 3, 0)).ok).toBe(false);
    expect((await ask('shop', 0, 1)).ok).toBe(false);
    expect((await ask('batch', 3, 1)).ok).toBe(true);
    expect((await ask('shop', 0, 2)).ok).toBe(true);
  });

  it('S24: nothing further while a changed one has other hot minutes than replayed', async () => {
    const { ask, hot } = makeFleet();
    await ask('a', 3, 0);
    await hot('a', 1, DIFFERS);
    const refused = await ask('b', 3, 1);
    expect(refused.ok).toBe(false);
    expect(refused.sentence).toContain('1 workload changed lately had other hot minutes than replayed');
    await hot('a', 2, MATCHES);
    expect((await ask('b', 3, 2)).ok).toBe(true);
  });

  it('S8, S24: a target that falls never waits; one that goes on rising keeps its place', async () => {
    const { ask } = makeFleet();
    await ask('a', 3, 0);
    expect((await ask('b', 3, 0, { from: HIGHER, to: OWN })).ok).toBe(true);
    expect((await ask('b', 3, 0, { from: FLOORS, to: HIGHER })).ok).toBe(false);
    await ask('c', 3, 1);
    expect((await ask('a', 3, 1, { from: FLOORS, to: HIGHER })).ok).toBe(true);
  });

  it('S24: where nothing is written, or the pace is off, nothing waits', async () => {
    const { ask } = makeFleet();
    await ask('a', 3, 0);
    expect((await ask('b', 3, 0, undefined, 'recommend')).ok).toBe(true);
    const off = makeFleet({ fleetPace: false });
    await off.ask('a', 3, 0);
    expect((await off.ask('b', 3, 0)).ok).toBe(true);
  });

  it('S24: in the nightly review the least critical group is changed first; the others keep what they have', async () => {
    const { ports } = makeFleet();
    const start = (MIDNIGHT - 16 * DAY) as Minute;
    const values = Float64Array.from({ length: 18 * DAY }, (_, i) => officeDemand(start + i));
    for (const [name, tier] of [
      ['shop', '1'],
      ['batch', '2'],
    ] as const) {
      const tags = { 'evenkeel:workload': name, 'evenkeel:tier': tier, 'evenkeel:mode': 'auto' };
      const group = plainGroup(name, { tags, size: { min: 2, max: 40 } });
      ports.groups.set(group);
      ports.metrics.set(group.ref, { demand: { start, values } });
    }
    const changed = () =>
      ports.ledger
        .all()
        .filter(({ decision }) => decision?.kind === 'strategy' && decision.from !== decision.to)
        .map(({ workload }) => workload);
    await reviewAll(ports, startOf((MIDNIGHT + 5) as Minute), DEFAULT_SETTINGS);
    expect(changed()).toEqual(['batch']);
    const kept = await ports.profiles.load('shop');
    expect(kept && nameStrategy(kept.strategy)).toBe(nameStrategy(OWN));
    await reviewAll(ports, startOf((MIDNIGHT + DAY + 5) as Minute), DEFAULT_SETTINGS);
    // The first goes on with its climb in its place, and the next one begins.
    expect([...new Set(changed())]).toEqual(['batch', 'shop']);
    const target = (name: string) => ports.groups.get(plainGroup(name).ref)?.policies[0];
    expect([target('batch'), target('shop')]).toMatchObject([{ target: 60 }, { target: 55 }]);
  });
});
