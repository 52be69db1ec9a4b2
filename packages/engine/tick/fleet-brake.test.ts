import { isBraked } from '@evenkeel/core/guard';
import { startOf } from '@evenkeel/core/quantities';
import { describe, expect, it } from 'vitest';
import { makeWorld } from '../testing/world.ts';
import { noteAnomalies, placeOf, readBrake } from './fleet-brake.ts';

describe('S24: too many groups anomalous at once', () => {
  it('pulls the brake once: nothing is lowered anywhere, and it is let go when they have settled', async () => {
    const world = await makeWorld({ hour: 14 });
    await world.live(20);
    const before = world.minSize();
    const others = ['a', 'b'].map((name) => ({ ...world.group(), ref: { ...world.ref, name } }));
    const groups = [world.group(), ...others];
    const note = (anomalous: typeof groups) =>
      noteAnomalies(
        world.ports,
        { place: placeOf(groups), anomalous: anomalous.map(({ ref }) => ref) },
        startOf(world.now()),
      );
    const entries = [...(await note(others)), ...(await note(others))];
    expect(entries.map(({ decision }) => decision)).toEqual([
      { kind: 'brake', anomalous: 2, all: 3, limit: 0.05 },
    ]);
    expect(await readBrake(world.ports, placeOf(groups), startOf(world.now()))).toBe(true);
    for (let i = 0; i < 18; i++) {
      await note(others);
      await world.live(5);
    }
    expect(world.minSize()).toBeGreaterThanOrEqual(before);
    expect(world.excuses()).toContain('fleet-brake');
    await world.live(60);
    expect(world.minSize()).toBeLessThan(before);
  });

  it('counts the groups of all places, each place telling its own', async () => {
    const world = await makeWorld();
    const now = startOf(world.now());
    const place = (region: string, count: number) =>
      Array.from({ length: count }, (_, i) => ({
        ...world.group(),
        ref: { ...world.ref, region, name: `${i}` },
      }));
    const [far, near] = [place('eu-north-1', 50), place('us-west-2', 4)];
    await noteAnomalies(world.ports, { place: placeOf(far), anomalous: [] }, now);
    await noteAnomalies(
      world.ports,
      { place: placeOf(near), anomalous: near.slice(0, 2).map(({ ref }) => ref) },
      now,
    );
    expect(await readBrake(world.ports, placeOf(near), now)).toBe(false);
    await noteAnomalies(world.ports, { place: placeOf(far), anomalous: [far[0]!.ref] }, now);
    expect(await readBrake(world.ports, placeOf(near), now)).toBe(true);
  });

  it('writes only what changes, whatever place tells', async () => {
    const world = await makeWorld();
    let writes = 0;
    const inner = { ...world.ports.documents };
    Object.assign(world.ports.documents, {
      write: (...args: Parameters<typeof inner.write>) => {
        writes += 1;
        return inner.write(...args);
      },
    });
    for (let i = 0; i < 6; i++) {
      const place = { place: `1/region-${i % 2}`, groups: 10 };
      await noteAnomalies(world.ports, { place, anomalous: [] }, startOf(world.now()));
    }
    expect(writes).toBe(2);
  });

  it('does not count the groups of a place that is gone', async () => {
    const world = await makeWorld();
    const note = (place: string, groups: number, anomalous = 0) => {
      const refs = Array.from({ length: anomalous }, (_, i) => ({ ...world.ref, name: `${i}` }));
      return noteAnomalies(world.ports, { place: { place, groups }, anomalous: refs }, startOf(world.now()));
    };
    const braked = () => readBrake(world.ports, { place: '1/eu-west-1', groups: 10 }, startOf(world.now()));
    await note('1/eu-north-1', 1000);
    await note('1/eu-west-1', 10, 3);
    expect(await braked()).toBe(false);
    world.pass(2 * 1440);
    await note('1/eu-west-1', 10, 3);
    expect(await braked()).toBe(true);
  });

  it('one odd group of three is its own matter, and a twentieth of a large fleet pulls it', () => {
    expect([isBraked(1, 3), isBraked(2, 3), isBraked(5, 100), isBraked(6, 100)]).toEqual([
      false,
      true,
      false,
      true,
    ]);
  });
});
