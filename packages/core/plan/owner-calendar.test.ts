import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Minute } from '../quantities.ts';
import { expandSteps } from './expand-steps.ts';
import { ownerCalendar, ownerSizesAt } from './owner-calendar.ts';
import { planSteps } from './plan-steps.ts';
import type { ScheduledAction } from './scheduled-action.ts';

const NOW = 29_000_160 as Minute;
const DAY = 1440;
const minute = (after: number) => (NOW + after) as Minute;
const HOME = { min: 2, max: 20, desired: 4 };

function calendar(...actions: readonly Omit<ScheduledAction, 'name'>[]) {
  const owners = actions.map((action, i) => ({ name: `owner-${i}`, ...action }));
  return ownerCalendar(owners, HOME, { from: NOW, to: minute(31 * 60) });
}

const boundsAt = (owners: ReturnType<typeof calendar>, after: number) => {
  const { min, max, asleep } = ownerSizesAt(owners, minute(after));
  return asleep ? 'asleep' : [min, max];
};

describe("S15: the owner's scheduled sizes", () => {
  it('are bounds from their minute on', () => {
    const owners = calendar(
      { start: minute(60), minSize: 5, maxSize: 9 },
      { start: minute(90), maxSize: 30 },
    );
    expect([59, 60, 89, 90].map((after) => boundsAt(owners, after))).toEqual([
      [2, 20],
      [5, 9],
      [5, 9],
      [5, 30],
    ]);
  });

  it('put the group to sleep by a maximum or desired capacity of 0, and wake it', () => {
    const night = { start: minute(60), minSize: 0, maxSize: 0 };
    const owners = calendar(night, { start: minute(120), minSize: 2, maxSize: 20, desired: 4 });
    expect([59, 60, 119, 120].map((after) => boundsAt(owners, after))).toEqual([
      [2, 20],
      'asleep',
      'asleep',
      [2, 20],
    ]);
  });

  it.each<[string, Omit<ScheduledAction, 'name' | 'start'>, readonly unknown[]]>([
    [
      'a lower maximum',
      { maxSize: 6 },
      [
        [2, 20],
        [2, 6],
        [2, 6],
      ],
    ],
    [
      'a desired capacity',
      { desired: 7 },
      [
        [2, 20],
        [2, 7],
        [2, 20],
      ],
    ],
    [
      'a maximum below their own minimum, which fails without us',
      { maxSize: 1 },
      [
        [2, 20],
        [2, 2],
        [2, 1],
      ],
    ],
    [
      'a higher maximum',
      { maxSize: 40 },
      [
        [2, 20],
        [2, 20],
        [2, 40],
      ],
    ],
    [
      'a maximum that comes with its own minimum',
      { minSize: 1, maxSize: 6 },
      [
        [2, 20],
        [2, 20],
        [1, 6],
      ],
    ],
  ])('that leave MinSize alone bind a minute before already: %s', (_, sizes, expected) => {
    const owners = calendar({ start: minute(60), ...sizes });
    expect([58, 59, 60].map((after) => boundsAt(owners, after))).toEqual(expected);
  });

  it('bind in the last free minute before them where the one before is taken', () => {
    const owners = calendar({ start: minute(59), maxSize: 15 }, { start: minute(60), maxSize: 6 });
    expect([57, 58, 59, 60].map((after) => boundsAt(owners, after)[1])).toEqual([20, 6, 6, 6]);
  });
});

const anyFloors = fc.array(fc.integer({ min: 0, max: 60 }), { minLength: 288, maxLength: 288 });
/** Actions of an owner that AWS would take from a group at home: none sets MinSize. */
const anyOwner = fc.uniqueArray(fc.integer({ min: 5, max: 1400 }), { maxLength: 6 }).chain((starts) =>
  fc.tuple(
    ...starts.map((start) =>
      fc
        .record({
          maxSize: fc.integer({ min: 10, max: 25 }),
          desired: fc.option(fc.integer({ min: 2, max: 10 })),
        })
        .map(({ maxSize, desired }): ScheduledAction => {
          const sizes = desired === null ? { maxSize } : { maxSize, desired };
          return { name: `owner-${start}`, start: minute(start), ...sizes };
        }),
    ),
  ),
);

it('S15: no action of the owner ever meets a MinSize of ours above what it sets, nor a step of ours a MaxSize below it', () => {
  fc.assert(
    fc.property(anyFloors, anyOwner, (floors, owner) => {
      const firstStart = minute(1);
      const { steps } = planSteps({
        group: 'web',
        schedule: { from: firstStart, stepMinutes: 5, floors },
        firstStart,
        minSizeNow: HOME.min,
        calendar: ownerCalendar(owner, HOME, { from: NOW, to: minute(31 * 60) }),
      });
      const got = expandSteps([...owner, ...steps], HOME.min, { from: NOW, minutes: DAY });
      for (const { start, maxSize = 99, desired = 99 } of owner) {
        const allowed = Math.min(maxSize, desired);
        expect(got[start - NOW - 1]).toBeLessThanOrEqual(allowed);
      }
      const inOrder = owner.toSorted((a, b) => a.start - b.start);
      for (const { start, minSize = 0 } of steps) {
        const max = inOrder.findLast((action) => action.start <= start)?.maxSize ?? HOME.max;
        expect(minSize).toBeLessThanOrEqual(max);
      }
    }),
    { numRuns: 100 },
  );
});
