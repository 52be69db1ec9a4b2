import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { advance, advanceAny, createRun, type Policy, replay } from './kernel.ts';
import { track, trackOverFloors, trackWith } from './track.ts';
import { createWorld, SLOW_WORLD } from './world.ts';

const world = createWorld({ startup: 3 });
const constant = (minutes: number, value: number) => new Float64Array(minutes).fill(value);
const sizes = (...steps: (readonly [from: number, size: number])[]): Policy => ({
  wish: (minute) => steps.findLast(([from]) => minute >= from)?.[1] ?? 0,
});

describe('the order of things within a minute', () => {
  test('an instance asked for in m is billed from m + 1 and serves from m + startup', () => {
    const run = replay({ demand: constant(10, 1.4), world, policy: sizes([0, 2], [2, 5]) });
    expect([...run.inService]).toEqual([2, 2, 2, 2, 2, 5, 5, 5, 5, 5]);
    expect([...run.billed]).toEqual([2, 2, 2, 5, 5, 5, 5, 5, 5, 5]);
    expect([...run.launched]).toEqual([0, 0, 3, 0, 0, 0, 0, 0, 0, 0]);
  });

  test('a terminated instance serves and is billed for the last time in m', () => {
    const run = replay({ demand: constant(5, 3.5), world, policy: sizes([0, 5], [2, 3]) });
    expect([...run.inService]).toEqual([5, 5, 5, 3, 3]);
    expect([...run.billed]).toEqual([5, 5, 5, 3, 3]);
  });

  test('surplus is taken from those starting first, the latest first', () => {
    const policy = sizes([0, 2], [1, 4], [2, 6], [3, 3]);
    const run = replay({ demand: constant(8, 1), world, policy });
    expect([...run.inService]).toEqual([2, 2, 2, 2, 3, 3, 3, 3]);
    expect([...run.billed]).toEqual([2, 2, 4, 6, 3, 3, 3, 3]);
  });

  test('wishes are clamped to the bounds, and a group begins with what its first minute needs', () => {
    const run = replay({ demand: constant(8, 7.1), world, policy: sizes([0, 999], [2, 0]) });
    expect(run.inService[0]).toBe(11);
    expect(run.billed[1]).toBe(160);
    expect(run.billed[3]).toBe(2);
  });

  test('a saturated group shows its capacity, not the demand', () => {
    const run = replay({ demand: constant(3, 50), world: createWorld(), policy: sizes([0, 10]) });
    expect(run.visible[2]).toBe(10);
  });

  test('target tracking scales out after three datapoints above the target, read two minutes late', () => {
    const demand = constant(60, 0.9);
    demand.fill(4, 30);
    const run = replay({ demand, world, policy: track(0.5) });
    expect(run.inService[0]).toBe(2);
    expect(run.launched[33]).toBe(0);
    expect(run.launched[34]).toBe(2);
    expect(run.inService[37]).toBe(4);
  });
});

describe('the slow world', () => {
  const slow = { ...world, ...SLOW_WORLD };
  test('a terminated instance is billed five more minutes', () => {
    const run = replay({
      demand: constant(12, 1),
      world: { ...slow, scaleInShare: 1 },
      policy: sizes([0, 4], [4, 2]),
    });
    expect([...run.billed]).toEqual([2, 4, 4, 4, 4, 4, 4, 4, 4, 4, 2, 2]);
  });

  test('a step down takes a fifth at most, and at least one', () => {
    const run = replay({
      demand: constant(6, 14),
      world: { ...slow, drain: 0 },
      policy: sizes([0, 20], [1, 2]),
    });
    expect([...run.inService]).toEqual([20, 20, 16, 13, 11, 9]);
  });

  test('utilisation is the mean of the whole block, readable when the block is over', () => {
    const seen: number[] = [];
    const policy: Policy = {
      wish: (_minute, view) => {
        seen.push(view.newest < 0 ? -1 : view.visible[view.newest]!);
        return 10;
      },
    };
    const demand = Float64Array.from([1, 2, 3, 4, 5, 9, 9, 9, 9, 9, 9, 9]);
    replay({ demand, world: { ...slow, startup: 1, bounds: { min: 10, max: 10 } }, policy });
    expect(seen.slice(0, 6)).toEqual([-1, -1, -1, -1, -1, -1]);
    expect(seen[6]).toBeCloseTo(3);
    expect(seen[10]).toBeCloseTo(3);
    expect(seen[11]).toBeCloseTo(9);
  });
});

const series = fc
  .array(fc.tuple(fc.integer({ min: 1, max: 60 }), fc.double({ min: 0, max: 150, noNaN: true })), {
    minLength: 1,
    maxLength: 30,
  })
  .map((steps) => Float64Array.from(steps.flatMap(([length, value]) => Array<number>(length).fill(value))));

test('the fast loop for target tracking gives the same run as the general one, in one go or in pieces', () => {
  const options = { startup: fc.integer({ min: 1, max: 12 }), target: fc.integer({ min: 30, max: 75 }) };
  fc.assert(
    fc.property(
      series,
      fc.record(options),
      fc.integer({ min: 0, max: 80 }),
      (demand, { startup, target }, floor) => {
        const here = createWorld({ startup, bounds: { min: 2, max: 90 } });
        const floors = demand.map((_, m) => (m % 97 < 40 ? floor : 0));
        const surge = { factor: 3, ceiling: 70, delay: 1 };
        const policies = [
          () => track(target / 100),
          () => trackOverFloors(target / 100, floors),
          () => trackWith(target / 100, { floors, surge }),
        ];
        for (const policy of policies) {
          const fast = createRun({ world: here, policy: policy(), minutes: demand.length, initial: 100 });
          for (let to = 0; to < demand.length; to += 37) advance(fast, demand, to);
          advance(fast, demand, demand.length);
          const any = createRun({ world: here, policy: policy(), minutes: demand.length, initial: 100 });
          advanceAny(any, demand, demand.length);
          for (const part of ['inService', 'billed', 'launched', 'visible'] as const) {
            expect(fast[part]).toEqual(any[part]);
          }
        }
      },
    ),
    { numRuns: 60 },
  );
});

test('the size always stays within the bounds', () => {
  fc.assert(
    fc.property(series, fc.integer({ min: 0, max: 300 }), (demand, floor) => {
      const floors = new Float64Array(demand.length).fill(floor);
      const run = replay({ demand, world, policy: trackOverFloors(0.5, floors) });
      expect(run.billed.subarray(1).every((size) => size >= 2 && size <= 160)).toBe(true);
    }),
    { numRuns: 40 },
  );
});
