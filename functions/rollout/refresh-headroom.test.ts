import { type Minute, startOf } from '@evenkeel/core/quantities';
import { createMemoryDocuments } from '@evenkeel/engine/memory';
import type { Headroom } from '@evenkeel/engine/ports';
import { describe, expect, it } from 'vitest';
import { createKeptHeadroom } from '../kept-headroom.ts';
import { type ReadHeadrooms, refreshHeadroom } from './refresh-headroom.ts';

const NOW = 29_663_100 as Minute;
const PLACES = ['eu-west-1', 'us-east-1'].map((region) => ({ account: '111111111111', region }));
const ROOM: Headroom = { subnets: [{ id: 'subnet-a', free: 7 }] };

function createDays(read: ReadHeadrooms = async () => ({ web: ROOM })) {
  let at = NOW;
  const documents = createMemoryDocuments();
  const asked: string[] = [];
  const warned: string[] = [];
  const log = { warn: (message: string) => void warned.push(message), info() {}, error() {} };
  const kept = createKeptHeadroom(documents, () => startOf(at));
  return {
    asked,
    warned,
    pass: (minutes: number) => {
      at = (at + minutes) as Minute;
    },
    refresh: () =>
      refreshHeadroom(
        PLACES,
        {
          documents,
          read: async (place) => {
            asked.push(place.region);
            return read(place);
          },
        },
        { now: startOf(at), log: log as never },
      ),
    of: (name: string, region = 'eu-west-1') =>
      kept({
        ref: { account: '111111111111', region, name },
        types: [],
        spotShare: 0,
        since: NOW,
      }),
  };
}

describe('what there is room for, kept for the reviews', () => {
  it('is read once a day and place, a place at a time', async () => {
    const days = createDays();
    for (let times = 0; times < 5; times += 1) await days.refresh();
    expect(days.asked).toEqual(['eu-west-1', 'us-east-1']);
    expect(await days.of('web')).toEqual(ROOM);
    expect(await days.of('web', 'us-east-1')).toEqual(ROOM);
    expect(await days.of('other')).toEqual({});
    days.pass(1440);
    await days.refresh();
    expect(days.asked).toHaveLength(3);
  });

  it('is not known any more a day and a half later', async () => {
    const days = createDays();
    await days.refresh();
    days.pass(36 * 60);
    expect(await days.of('web')).toEqual({});
  });

  it('that cannot be read is said once and asked for again the next day, not every five minutes', async () => {
    const days = createDays(async () => Promise.reject(new Error('AccessDenied')));
    for (let times = 0; times < 4; times += 1) await days.refresh();
    expect(days.asked).toEqual(['eu-west-1', 'us-east-1']);
    expect(days.warned).toHaveLength(2);
    days.pass(1440);
    await days.refresh();
    expect(days.asked).toHaveLength(3);
  });
});
