import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Minute } from '../quantities.ts';
import { difference, NO_DIFFERENCE } from './difference.ts';
import { expandSteps, holdFloors } from './expand-steps.ts';
import { HOME_STEP_NAME, type ScheduledAction } from './scheduled-action.ts';
import { stepName } from './step-name.ts';
import { MAX_OURS, writeBatches } from './write-batches.ts';

const NOW = 29_000_160 as Minute;
const FIRST = (NOW + 1) as Minute;
const step = (after: number, minSize: number): ScheduledAction => {
  const start = (NOW + after) as Minute;
  return { name: stepName('web', start), start, minSize };
};
const home = (after: number): ScheduledAction => ({
  name: HOME_STEP_NAME,
  start: (NOW + after) as Minute,
  minSize: 2,
});
const diff = (standing: readonly ScheduledAction[], wanted: readonly ScheduledAction[], minSizeNow = 2) =>
  difference({ standing, wanted, minSizeNow, firstStart: FIRST });

describe('the difference between what stands and what is wanted', () => {
  it('is nothing where the same stands', () => {
    expect(diff([step(30, 5), home(1800)], [step(30, 5), home(1800)])).toEqual(NO_DIFFERENCE);
  });

  it('changes a step under its name and removes what is not wanted', () => {
    const change = diff([step(6, 5), step(31, 9), home(1800)], [step(6, 7), home(1800)]);
    expect(change).toEqual({ put: [step(6, 7)], remove: [step(31, 9).name] });
  });

  it('is exact for the next ten minutes, forgiving later', () => {
    expect(diff([step(6, 10), home(1800)], [step(6, 11), home(1800)]).put).toHaveLength(1);
    expect(diff([step(60, 10), home(1800)], [step(60, 11), home(1800)])).toEqual(NO_DIFFERENCE);
    expect(diff([step(60, 10), home(1800)], [step(60, 12), home(1800)]).put).toHaveLength(1);
    expect(diff([step(60, 40), home(1800)], [step(60, 44), home(1800)])).toEqual(NO_DIFFERENCE);
  });

  it('puts everything right once anything is worth a call', () => {
    const change = diff([step(60, 10), home(1800)], [step(6, 5), step(60, 11), home(1800)]);
    expect(change.put).toEqual([step(6, 5), step(60, 11)]);
  });

  it('S3: moving the home step is always worth a call', () => {
    expect(diff([home(1440)], [home(1800)])).toEqual({ put: [home(1800)], remove: [] });
  });

  it("never touches the owner's actions, nor one that is due", () => {
    const owner = { name: 'owner', start: (NOW + 50) as Minute, minSize: 4 };
    const due = step(0, 3);
    expect(diff([owner, due, step(40, 9), home(1800)], [home(1800)])).toEqual({
      put: [],
      remove: [step(40, 9).name],
    });
  });
});

const anySteps = fc
  .uniqueArray(fc.integer({ min: 1, max: 280 }), { maxLength: 47 })
  .chain((slots) =>
    fc.tuple(
      ...slots.map((slot) => fc.integer({ min: 0, max: 30 }).map((floor) => step(slot * 5 + 1, floor))),
    ),
  )
  .map((steps) => [...steps, home(1800)] as ScheduledAction[]);

describe('writing a difference', () => {
  it('S4: nothing is removed before what replaces it stands, at most 50 a call, never more than 60 of ours at once', () => {
    fc.assert(
      fc.property(anySteps, anySteps, fc.constantFrom(3, 50), (standing, wanted, batchSize) => {
        const change = difference({ standing, wanted, minSizeNow: 99, firstStart: FIRST });
        const stands = new Map(standing.map((action) => [action.name, action]));
        const left = new Set(change.put.map((action) => action.name));
        let roomMade = false;
        for (const { put, remove } of writeBatches(change, standing, batchSize)) {
          expect(Math.max(put.length, remove.length)).toBeLessThanOrEqual(batchSize);
          for (const action of put) stands.set(action.name, action);
          for (const action of put) left.delete(action.name);
          expect(stands.size).toBeLessThanOrEqual(MAX_OURS);
          for (const name of remove) {
            const { start } = stands.get(name)!;
            // Everything wanted before it stands already, unless the table was full.
            const early = wanted.some((action) => left.has(action.name) && action.start < start);
            if (early) roomMade = true;
            if (early) expect(put).toHaveLength(0);
            stands.delete(name);
          }
        }
        if (change !== NO_DIFFERENCE) {
          const sorted = (actions: Iterable<ScheduledAction>) =>
            [...actions].sort((a, b) => a.start - b.start);
          expect(sorted(stands.values())).toEqual(sorted(wanted));
        }
        expect(roomMade && standing.length + wanted.length <= MAX_OURS).toBe(false);
      }),
    );
  });

  it('writing it once leaves nothing to write', () => {
    fc.assert(
      fc.property(anySteps, anySteps, (standing, wanted) => {
        const change = diff(standing, wanted);
        const names = new Set(change.put.map((action) => action.name));
        const after = [
          ...standing.filter((action) => !names.has(action.name) && !change.remove.includes(action.name)),
          ...change.put,
        ];
        expect(diff(after, wanted)).toEqual(NO_DIFFERENCE);
      }),
    );
  });
});

describe('what stands, minute by minute', () => {
  it("follows our steps and the owner's, recurring ones too", () => {
    const hourly = { name: 'owner', start: (NOW + 30) as Minute, minSize: 8, recurrence: '0 * * * *' };
    const values = expandSteps([step(11, 5), hourly], 2, { from: FIRST, minutes: 90 });
    expect([values[0], values[9], values[10], values[28], values[29], values[89]]).toEqual([
      2, 2, 5, 5, 8, 8,
    ]);
    expect([...expandSteps([step(31, 1), hourly], 2, { from: FIRST, minutes: 90 })].at(-1)).toBe(8);
  });

  it('S6: held floors fall nowhere below what stands, and not at all within the first hour', () => {
    const standing = expandSteps([step(21, 4), step(41, 9), step(101, 3)], 7, { from: FIRST, minutes: 1440 });
    const wanted = { from: FIRST, stepMinutes: 5 as const, floors: Array<number>(288).fill(2) };
    const { floors } = holdFloors(wanted, standing, 7);
    expect(floors.slice(0, 8)).toEqual(Array<number>(8).fill(7));
    expect(floors.slice(8, 12)).toEqual([9, 9, 9, 9]);
    expect(floors.slice(12, 20).every((floor) => floor === 9)).toBe(true);
    expect(floors.slice(20).every((floor) => floor === 3)).toBe(true);
    const raised = holdFloors({ ...wanted, floors: wanted.floors.map(() => 12) }, standing, 7);
    expect(raised.floors.every((floor) => floor === 12)).toBe(true);
  });
});
