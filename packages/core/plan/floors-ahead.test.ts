import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import type { DemandSeries } from '../demand/series.ts';
import { COMPOUNDS } from '../forecast/compounds.ts';
import { QUANTILES } from '../forecast/forecaster.ts';
import { FORECASTERS } from '../forecast/forecasters.ts';
import type { Profile } from '../forecast/profile.ts';
import { BLEND } from '../forecast/strategy.ts';
import type { Minute } from '../quantities.ts';
import { createTournament, playDay, saidBy, type Tournament } from '../replay/tournament/tournament.ts';
import { writeProfile } from '../replay/tournament/write-profile.ts';
import { createWorld } from '../replay/world.ts';
import { floorNow, floorsAhead } from './floors-ahead.ts';

const DAYS = 9;
const LEARNED = DAYS * 1440;
/** A daily curve with an hourly burst and a little noise, capacity units. */
const demandAt = (m: number) =>
  12 + 8 * Math.sin((m * Math.PI) / 720) + (m % 60 < 5 ? 6 : 0) + ((m * 7919) % 101) / 60;
const day = (d: number) => Float64Array.from({ length: 1440 }, (_, m) => demandAt(d * 1440 + m));

const played = (days: number): Tournament => {
  const begun = createTournament({ world: createWorld(), start: 0 as Minute, days, strategies: [] });
  for (let d = 0; d < days; d++) playDay(begun, day(d));
  return begun;
};
let tournament: Tournament;
let dayAfter: Tournament;
beforeAll(() => {
  tournament = played(DAYS);
  dayAfter = played(DAYS + 1);
});

/** Written once each; without `plan` the day-ahead part is left out, which takes most of the time. */
const profiles = new Map<string, Profile>();
function profileOf(
  forecaster: string,
  quantile: (typeof QUANTILES)[number] = 0.9,
  plan: 'planned' | 'now-only' = 'planned',
): Profile {
  const key = `${forecaster} ${quantile} ${plan}`;
  const strategy = { target: 0.7, floors: { forecaster, quantile } };
  const profile =
    profiles.get(key) ?? writeProfile(tournament, strategy, { lossFactor: 30, plan: plan === 'planned' });
  profiles.set(key, profile);
  return profile;
}
const recentUntil = (newest: number, minutes = 1440): DemandSeries => ({
  start: (newest + 1 - minutes) as Minute,
  values: Float64Array.from({ length: minutes }, (_, i) => demandAt(newest + 1 - minutes + i)),
});
const compounds = COMPOUNDS.map(({ name }) => name);
const names = [...FORECASTERS.map(({ name }) => name), BLEND, ...compounds];
/** Rules the blend has a part in: what holds for each forecaster need not hold for them. */
const isBlended = (name: string) => name.startsWith(BLEND);
const now = (LEARNED + 605) as Minute;

describe.each(names)('floors ahead by %s', (name) => {
  test('cover 24 hours from the next minute on, whole instances below 1.2 x the highest need', () => {
    const profile = profileOf(name);
    const { from, stepMinutes, floors, footing } = floorsAhead(profile, recentUntil(now - 2), now);
    expect([from, stepMinutes, floors.length, footing]).toEqual([now + 1, 5, 288, 'recent']);
    const cap = Math.ceil(1.2 * profile.highestNeed);
    for (const floor of floors) expect(Number.isInteger(floor) && floor >= 0 && floor <= cap).toBe(true);
    expect(Math.max(...floors)).toBeGreaterThan(10);
  });

  test('the first floor is the one a replay takes from the whole series', () => {
    const profile = profileOf(name);
    const values = Float64Array.from({ length: now }, (_, m) => demandAt(m));
    const window = { values, start: 0 as Minute, end: now - 1, now, lead: profile.lead };
    expect(floorsAhead(profile, recentUntil(now - 2), now).floors[0]).toBe(floorNow(profile, window));
  });

  test.each([
    { quantile: 0.9, spared: 0 },
    { quantile: 0.7, spared: 0.25 },
  ] as const)(
    'a live tick gives the floor that the tournament tried that day, but for the rounding of a profile: $quantile',
    ({ quantile, spared }) => {
      const rule = { forecaster: name, quantile };
      const profile = profileOf(name, quantile, 'now-only');
      const said = saidBy(dayAfter, rule);
      for (let at = LEARNED; at < LEARNED + 1440; at += 95) {
        const live = floorsAhead(profile, recentUntil(at - 2), at as Minute).floors[0]!;
        const tried = Math.min(said[at / 5]! / 0.7, 1.2 * profile.highestNeed) - spared;
        expect(Math.abs(live - Math.ceil(tried))).toBeLessThanOrEqual(
          Math.abs(tried - Math.round(tried)) < 0.2 ? 1 : 0,
        );
      }
    },
  );

  test('a profile survives JSON and stays under 16 KB', () => {
    const profile = profileOf(name);
    const json = JSON.stringify(profile);
    expect(json.length).toBeLessThan(16_384);
    const again = JSON.parse(json) as Profile;
    expect(floorsAhead(again, recentUntil(now - 2), now)).toEqual(
      floorsAhead(profile, recentUntil(now - 2), now),
    );
  });

  test('missing minutes never lower the first floor below that of the lowest bridge', () => {
    const profile = profileOf(name);
    const whole = recentUntil(now - 2);
    const gappy = { ...whole, values: whole.values.map((value, i) => (i % 7 === 3 ? Number.NaN : value)) };
    const lower = { ...whole, values: whole.values.map((value, i) => (i % 7 === 3 ? 0 : value)) };
    const { floors, footing } = floorsAhead(profile, gappy, now);
    expect(footing).toBe('recent');
    expect(floors[0]).toBeGreaterThanOrEqual(floorsAhead(profile, lower, now).floors[0]! - 1);
  });

  test('stale or missing demand leaves the day-ahead quantiles, and says so', () => {
    const profile = profileOf(name);
    const nothing = { start: (now - 60) as Minute, values: new Float64Array(59).fill(Number.NaN) };
    for (const recent of [nothing, recentUntil(now - 30)]) {
      const ahead = floorsAhead(profile, recent, now);
      expect(ahead.footing).toBe('day-ahead');
      expect(ahead.floors[0]).toBeGreaterThan(0);
    }
  });

  test('law: the same demand times more never gives a lower floor', () => {
    const profile = profileOf(name);
    const factors = fc.double({ min: 1, max: 4, noNaN: true });
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 * 288 }), factors, (tick, factor) => {
        const at = (LEARNED + 5 * tick) as Minute;
        const recent = recentUntil(at - 2, 800);
        const more = { ...recent, values: recent.values.map((value) => value * factor) };
        const floors = floorsAhead(profile, recent, at).floors;
        const raised = floorsAhead(profile, more, at).floors;
        expect(raised.every((floor, i) => floor >= floors[i]!)).toBe(true);
      }),
      { numRuns: 25 },
    );
  });

  // Not a law of the blend: each of its quantiles has weights of its own, so two of them may cross.
  if (isBlended(name)) return;
  test('law: a higher quantile never gives a lower floor', () => {
    const first = QUANTILES.map(
      (q) => floorsAhead(profileOf(name, q, 'now-only'), recentUntil(now - 2), now).floors[0]!,
    );
    expect(first).toEqual([...first].sort((a, b) => a - b));
  });
});

test('law: more demand at any minute never gives a lower floor, for all that do not extrapolate', () => {
  const profiles = names
    .filter((name) => name !== 'trend' && !isBlended(name))
    .map((name) => profileOf(name));
  const extra = fc.array(fc.double({ min: 0, max: 30, noNaN: true }), { minLength: 60, maxLength: 60 });
  fc.assert(
    fc.property(extra, (added) => {
      const recent = recentUntil(now - 2);
      const more = { ...recent, values: recent.values.map((value, i) => value + (added[i % 60] ?? 0)) };
      for (const profile of profiles) {
        const floors = floorsAhead(profile, recent, now).floors;
        const raised = floorsAhead(profile, more, now).floors;
        expect(raised.every((floor, i) => floor >= floors[i]!)).toBe(true);
      }
    }),
    { numRuns: 20 },
  );
});

test('a strategy without floors asks for none', () => {
  const profile = writeProfile(tournament, { target: 0.6, floors: 'none' }, { lossFactor: 30 });
  const { floors, footing } = floorsAhead(profile, recentUntil(now - 2), now);
  expect(footing).toBe('none');
  expect(new Set(floors)).toEqual(new Set([0]));
});

test('a surge asks for four times what is saturated, within 1.2 x the highest need, and only then', () => {
  const strategy = { target: 0.6, floors: 'none', surge: 4 } as const;
  const profile = writeProfile(tournament, strategy, { lossFactor: 30 });
  const recent = { start: (now - 21) as Minute, values: new Float64Array(20).fill(8) };
  const floorOf = (inService: number) =>
    floorsAhead(profile, { ...recent, inService: Array<number>(20).fill(inService) }, now).floors[0];
  expect(floorOf(8)).toBe(32);
  expect(floorOf(9)).toBe(0);
  expect(floorsAhead(profile, recent, now).floors[0]).toBe(0);
  const much = { start: (now - 21) as Minute, values: new Float64Array(20).fill(25) };
  const capped = floorsAhead(profile, { ...much, inService: Array<number>(20).fill(25) }, now).floors[0];
  expect(profile.highestNeed).toBeGreaterThan(25 / 0.7);
  expect(capped).toBe(Math.ceil(1.2 * profile.highestNeed));
});

test('S2: on a day above all days before floors follow what was seen today, up to 1.2 x that', () => {
  const profile = profileOf('level', 0.98);
  const before = 1.2 * profile.highestNeed;
  const whole = recentUntil(now - 2);
  const rising = { ...whole, values: whole.values.map((value, i) => (i > 1400 ? 3 * value : value)) };
  const { floors } = floorsAhead(profile, rising, now);
  expect(floors[0]).toBeGreaterThan(before);
  expect(floors[0]).toBeLessThanOrEqual(Math.ceil((1.2 * Math.max(...rising.values)) / 0.7));
  expect(Math.max(...floorsAhead(profile, whole, now).floors)).toBeLessThanOrEqual(Math.ceil(before));
});

test('S6: an outage that looks like no demand does not take the floor away, under a strategy without floors neither', () => {
  const whole = recentUntil(now - 2);
  const gone = { ...whole, values: whole.values.map((value, i) => (i >= 1425 ? 0 : value)) };
  const bare = writeProfile(tournament, { target: 0.6, floors: 'none' }, { lossFactor: 30 });
  const lowest = Math.ceil(
    Math.max(bare.lowest![10]!, bare.lowest![Math.floor(((now % 1440) - 1 + bare.lead) / 60)]!) / 0.7,
  );
  for (const profile of [bare, profileOf('level')]) {
    expect(floorsAhead(profile, gone, now).floors[0]).toBeGreaterThanOrEqual(lowest);
  }
  expect(floorsAhead(bare, whole, now).floors[0]).toBe(0);
});
