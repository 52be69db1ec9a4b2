import type { Profile } from '@evenkeel/core/forecast';
import { expect, it } from 'vitest';
import { makeWorld } from '../testing/world.ts';
import { loadProfile } from './load-profile.ts';

type Damage = (profile: Profile) => object;

const rule = (forecaster: string, quantile = 0.9): Damage => {
  return (profile) => ({ ...profile, strategy: { target: 0.5, floors: { forecaster, quantile } } });
};

it.each<[string, Damage]>([
  ['nothing at all', () => ({})],
  ['the version after this one', (profile) => ({ ...profile, version: 2 })],
  ['a forecaster of another version in its rule', rule('oracle')],
  ['a quantile of another version', rule('level', 0.42)],
  [
    'a forecaster of another version behind its floors',
    (profile) => ({ ...profile, forecasters: [{ name: 'oracle', weight: 1, lesson: {} }] }),
  ],
  ['no strategy', (profile) => ({ ...profile, strategy: undefined })],
  ['no lessons', (profile) => ({ ...profile, forecasters: [] })],
  [
    'half a lesson',
    ({ forecasters, ...rest }) => ({ ...rest, forecasters: [{ name: forecasters[0]!.name }] }),
  ],
  ['a day ahead that is cut off', (profile) => ({ ...profile, dayAhead: profile.dayAhead.slice(0, 100) })],
  ['a day ahead with gaps', (profile) => ({ ...profile, dayAhead: profile.dayAhead.map(() => null) })],
  ['a lead that is no number', (profile) => ({ ...profile, lead: 'long' })],
])('S3, S6: a profile with %s counts as lost: what stands stands', async (_, damage) => {
  const world = await makeWorld();
  await world.live(60);
  const profile = (await world.ports.profiles.load('shop'))!;
  expect(await loadProfile(world.ports, 'shop')).toEqual(profile);
  const before = await world.steps();
  await world.ports.profiles.save('shop', damage(profile) as Profile);
  expect(await loadProfile(world.ports, 'shop')).toBeUndefined();
  expect((await world.tick()).failures).toEqual([]);
  expect(await world.steps()).toEqual(before);
});

it('S3: the night writes a profile anew that could not be read', async () => {
  const world = await makeWorld();
  const damaged = { version: 2 };
  await world.ports.profiles.save('shop', damaged as unknown as Profile);
  await world.review();
  expect(await loadProfile(world.ports, 'shop')).toMatchObject({ version: 1, strategy: {} });
});
