import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Minute } from '../quantities.ts';
import { expandSteps } from './expand-steps.ts';
import type { FloorSchedule } from './floor-schedule.ts';
import { ownerCalendar } from './owner-calendar.ts';
import { MAX_STEPS, type PlanInput, planSteps } from './plan-steps.ts';
import { HOME_STEP_NAME, type ScheduledAction } from './scheduled-action.ts';

const NOW = 29_000_160 as Minute;
const FIRST = (NOW + 1) as Minute;
const DAY = 1440;

const minute = (after: number) => (NOW + after) as Minute;
const schedule = (floors: readonly number[]): FloorSchedule => ({ from: FIRST, stepMinutes: 5, floors });
/** A day of floors given as [slots, floor] pairs. */
const day = (...runs: readonly (readonly [number, number])[]) =>
  schedule(runs.flatMap(([slots, floor]) => Array<number>(slots).fill(floor)));

function input(options: {
  schedule: FloorSchedule;
  owner?: readonly ScheduledAction[];
  home?: number;
  max?: number;
  desired?: number;
  more?: Partial<PlanInput>;
}): PlanInput {
  const { home = 2, max = 20, desired = 4, owner = [] } = options;
  const span = { from: NOW, to: minute(31 * 60) };
  return {
    group: 'web',
    schedule: options.schedule,
    firstStart: FIRST,
    minSizeNow: home,
    calendar: ownerCalendar(owner, { min: home, max, desired }, span),
    ...options.more,
  };
}

/** MinSize of the next 24 hours when plan and owner's actions run. */
function lived(planned: PlanInput, owner: readonly ScheduledAction[] = []): number[] {
  const actions = [...owner, ...planSteps(planned).steps];
  return [...expandSteps(actions, planned.minSizeNow, { from: FIRST, minutes: DAY })];
}

const minutesOf = (plan: FloorSchedule) => plan.floors.flatMap((floor) => Array<number>(5).fill(floor));

describe('steps of a plan', () => {
  it('S4: a step stands where MinSize changes, under a name made of group and start minute', () => {
    const plan = planSteps(input({ schedule: day([12, 2], [12, 5], [264, 3]) }));
    expect(plan.steps.map((step) => [step.start - NOW, step.minSize])).toEqual([
      [61, 5],
      [121, 3],
      [1798, 2],
    ]);
    const again = planSteps(input({ schedule: day([12, 2], [12, 9], [264, 3]) }));
    expect(again.steps[0]).toEqual({ ...plan.steps[0], minSize: 9 });
    expect(new Set(plan.steps.map((step) => step.name)).size).toBe(3);
    expect(plan.steps[0]?.name).toMatch(/^evenkeel-\d{8}-\d{4}-web$/);
  });

  it('sets only MinSize, so that what is running is never taken away by a step', () => {
    const plan = planSteps(input({ schedule: day([100, 7], [188, 2]) }));
    for (const step of plan.steps) expect(Object.keys(step).sort()).toEqual(['minSize', 'name', 'start']);
  });

  it('S3: every plan ends with evenkeel-home, which sets the home minimum 24 to 30 h ahead', () => {
    const { steps } = planSteps(input({ schedule: day([288, 7]), home: 3, more: { minSizeNow: 7 } }));
    expect(steps).toEqual([{ name: HOME_STEP_NAME, start: minute(1798), minSize: 3 }]);
  });

  it.each([
    [1800, 1800],
    [1500, 1500],
    [1451, 1451],
    [1449, 1798],
    [1200, 1798],
    [2000, 1798],
  ])('S3: a home step standing %i minutes ahead is wanted %i minutes ahead', (stands, wanted) => {
    const standingHome = { name: HOME_STEP_NAME, start: minute(stands), minSize: 2 };
    const { steps } = planSteps(input({ schedule: day([288, 7]), more: { standingHome } }));
    expect(steps.at(-1)?.start).toBe(minute(wanted));
  });

  it('S4: on a minute of the owner a raise goes a minute earlier and a fall a minute later', () => {
    const owner = [61, 121].map((at) => ({ name: `o${at}`, start: minute(at), desired: 6 }));
    const { steps } = planSteps(input({ schedule: day([12, 2], [12, 5], [264, 3]), owner }));
    expect(steps.slice(0, 2).map((step) => [step.start - NOW, step.minSize])).toEqual([
      [60, 5],
      [122, 3],
    ]);
  });

  it("S15: the owner's scheduled sizes are bounds from their minute on", () => {
    const owner = [
      { name: 'day', start: minute(100), minSize: 6, maxSize: 8 },
      { name: 'night', start: minute(700), minSize: 2, maxSize: 20 },
    ];
    const planned = input({ schedule: day([30, 3], [258, 12]), owner });
    const floors = lived(planned, owner);
    expect(floors.slice(0, 98)).toEqual(Array<number>(98).fill(3));
    // At 100 the owner's 6; the plan's 8 (its wish of 12 exceeds the owner's MaxSize) when its own time comes.
    expect(floors.slice(100, 148).every((floor) => floor === 6)).toBe(true);
    expect(floors.slice(152, 698).every((floor) => floor === 8)).toBe(true);
    expect(floors.slice(702).every((floor) => floor === 12)).toBe(true);
  });

  it("puts the floor back a minute after an owner's action that sets MinSize below it", () => {
    const owner = [{ name: 'odd', start: minute(301), minSize: 3 }];
    const planned = input({ schedule: day([288, 9]), owner, more: { minSizeNow: 9 } });
    expect(planSteps(planned).steps[0]).toMatchObject({ start: minute(302), minSize: 9 });
  });

  it('S15: a group put to sleep by its owner stays asleep, and says so', () => {
    const owner = [
      { name: 'sleep', start: minute(200), minSize: 0, maxSize: 0, desired: 0 },
      { name: 'wake', start: minute(800), minSize: 2, maxSize: 20, desired: 4 },
    ];
    const planned = input({ schedule: day([288, 9]), owner });
    expect(
      lived(planned, owner)
        .slice(200, 799)
        .every((floor) => floor === 0),
    ).toBe(true);
    expect(lived(planned, owner)[805]).toBe(9);
    expect(planSteps(planned).excuses).toEqual([
      { code: 'group-asleep', bottleneck: 'desired capacity', facts: { at: minute(200) } },
    ]);
    const asleep = input({ schedule: day([288, 9]), home: 0, desired: 0 });
    expect(planSteps(asleep).steps.map((step) => step.name)).toEqual([HOME_STEP_NAME]);
  });

  it('S2: floors stay within home minimum or bounds, MaxSize and 1.2 x the highest need, and say when MaxSize limits', () => {
    const wild = day([96, 0], [96, 50], [96, 12]);
    const floorsOf = (more: Partial<PlanInput>) => lived(input({ schedule: wild, home: 3, more }));
    expect(new Set(floorsOf({}))).toEqual(new Set([3, 20, 12]));
    expect(new Set(floorsOf({ highestNeed: 9.5 }))).toEqual(new Set([3, 12]));
    expect(new Set(floorsOf({ highestNeed: 1 }))).toEqual(new Set([3]));
    expect(new Set(floorsOf({ bounds: { min: 1, max: 10 } }))).toEqual(new Set([1, 10]));
    expect(planSteps(input({ schedule: wild })).excuses).toEqual([
      { code: 'at-max-size', bottleneck: 'MaxSize', facts: { wanted: 50, max: 20, at: minute(481) } },
    ]);
  });
});

const anyFloors = fc.array(fc.integer({ min: 0, max: 60 }), { minLength: 288, maxLength: 288 });
const fewChanges = fc
  .array(fc.tuple(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 0, max: 60 })), {
    minLength: 1,
    maxLength: 46,
  })
  .map((runs) => runs.flatMap(([slots, floor]) => Array<number>(slots).fill(floor)).slice(0, 288))
  .map((floors) => [...floors, ...Array<number>(288 - floors.length).fill(floors.at(-1)!)]);
const anyOwner = fc.uniqueArray(fc.integer({ min: 1, max: 1700 }), { maxLength: 6 }).chain((starts) =>
  fc.tuple(
    ...starts.map((start) =>
      fc.record({ min: fc.integer({ min: 0, max: 9 }), more: fc.integer({ min: 0, max: 20 }) }).map(
        ({ min, more }): ScheduledAction => ({
          name: `owner-${start}`,
          start: minute(start),
          minSize: min,
          maxSize: min + more,
        }),
      ),
    ),
  ),
);

describe('laws of plans', () => {
  it("S4: a plan's steps reproduce its floors where they fit", () => {
    fc.assert(
      fc.property(fewChanges, (floors) => {
        const planned = input({ schedule: schedule(floors), home: 0, max: 60 });
        expect(lived(planned)).toEqual(minutesOf(planned.schedule));
      }),
    );
  });

  it('S4: any day fits in 48 actions, its first hour exact and the rest never below its floors', () => {
    fc.assert(
      fc.property(anyFloors, (floors) => {
        const planned = input({ schedule: schedule(floors), home: 0, max: 60 });
        expect(planSteps(planned).steps.length).toBeLessThanOrEqual(MAX_STEPS);
        const wanted = minutesOf(planned.schedule);
        const got = lived(planned);
        expect(got.slice(0, 60)).toEqual(wanted.slice(0, 60));
        expect(got.every((floor, i) => floor >= wanted[i]!)).toBe(true);
      }),
      { numRuns: 40 },
    );
  });

  it("S2: whatever the floors and the owner's actions, MinSize never leaves the owner's bounds but in the minute of a change", () => {
    fc.assert(
      fc.property(anyFloors, anyOwner, (floors, owner) => {
        const planned = input({ schedule: schedule(floors), owner: [...owner] });
        const got = lived(planned, owner);
        let [min, max] = [2, 20];
        for (const [i, floor] of got.entries()) {
          const run = owner.find((action) => action.start === FIRST + i);
          [min, max] = [run?.minSize ?? min, run?.maxSize ?? max];
          const settling = owner.some((action) => Math.abs(action.start - (FIRST + i)) <= 7);
          if (settling) continue;
          expect(floor).toBeGreaterThanOrEqual(min);
          expect(floor).toBeLessThanOrEqual(max);
        }
      }),
      { numRuns: 40 },
    );
  });

  it("never takes a minute of the owner's, and keeps steps in order with names of their own", () => {
    fc.assert(
      fc.property(anyFloors, anyOwner, (floors, owner) => {
        const { steps } = planSteps(input({ schedule: schedule(floors), owner: [...owner] }));
        const starts = steps.map((step) => step.start);
        expect(starts).toEqual([...new Set(starts)].sort((a, b) => a - b));
        expect(new Set(steps.map((step) => step.name)).size).toBe(steps.length);
        expect(owner.some((action) => starts.includes(action.start))).toBe(false);
        expect(starts[0]).toBeGreaterThan(NOW);
      }),
      { numRuns: 40 },
    );
  });

  it('gives the same plan for the same input', () => {
    fc.assert(
      fc.property(anyFloors, anyOwner, (floors, owner) => {
        const make = () => planSteps(input({ schedule: schedule([...floors]), owner: [...owner] }));
        expect(make()).toEqual(make());
      }),
      { numRuns: 20 },
    );
  });

  it('higher floors never give a lower MinSize in the first hour, nor lower floors to plan for later', () => {
    fc.assert(
      fc.property(anyFloors, fc.array(fc.nat(5), { minLength: 288, maxLength: 288 }), (floors, added) => {
        const low = input({ schedule: schedule(floors) });
        const high = input({ schedule: schedule(floors.map((floor, i) => floor + added[i]!)) });
        const [a, b] = [lived(low).slice(0, 60), lived(high).slice(0, 60)];
        expect(a.every((floor, i) => floor <= b[i]!)).toBe(true);
        const [lower, higher] = [planSteps(low).segments, planSteps(high).segments];
        const at = (segments: typeof lower, start: number) =>
          segments.findLast((segment) => segment.start <= start)?.floor ?? 0;
        for (const { start } of [...lower, ...higher]) {
          expect(at(lower, start)).toBeLessThanOrEqual(at(higher, start));
        }
      }),
      { numRuns: 40 },
    );
  });
});
