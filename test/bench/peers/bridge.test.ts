import { join } from 'node:path';
import { ceilInstances, MINUTES_PER_DAY } from '@evenkeel/core/quantities';
import {
  advance,
  createWorld,
  oracleBill,
  prepareTrace,
  replay,
  score,
  tally,
  trackOverFloors,
} from '@evenkeel/core/replay';
import { describe, expect, it } from 'vitest';
import { createLane, setFloors, tellLane } from './lane.ts';
import type { Peer } from './peer.ts';
import { startPeer } from './peer-process.ts';
import { playPeer } from './play-peer.ts';

const CONSTANT = join(import.meta.dirname, 'testing', 'constant-peer.ts');
const LEVEL = 6;

function constantPeer(gives: Peer['gives']): Peer {
  return {
    name: 'constant',
    tells: 'the same for ever',
    command: [process.execPath, CONSTANT, `${LEVEL}`],
    method: 'same',
    slotMinutes: 60,
    everyMinutes: 360,
    gives,
  };
}

const wave = (m: number): number => 10 + 8 * Math.sin((2 * Math.PI * m) / MINUTES_PER_DAY);
const minutes = Array.from({ length: 4 * MINUTES_PER_DAY }, (_, m) => m);
const trace = prepareTrace({ minutes, values: minutes.map(wave) }, { fleet: 12 });

async function play(gives: Peer['gives']) {
  const peer = constantPeer(gives);
  const running = startPeer(peer.command);
  try {
    return await playPeer({ peer, process: running, traceName: 'wave', trace, startups: [3] });
  } finally {
    running.close();
  }
}

describe('a peer in a process of its own', () => {
  it.each(['quantile', 'point'] as const)(
    'that says %s levels plays as the kernel plays the same floors',
    async (gives) => {
      const world = createWorld({ startup: 3 });
      const from = trace.historyDays * MINUTES_PER_DAY;
      const { rows, fits, package: name } = await play(gives);
      expect(name).toBe('constant same');
      expect(fits).toBe((gives === 'point' ? 1 : 4) * (trace.days - trace.historyDays) * 4);
      for (const target of [0.5, 0.6, 0.7]) {
        const utilisation = gives === 'point' ? target : world.sloUtilisation;
        const floors = trace.demand.map((_, m) => (m > from ? ceilInstances(LEVEL / utilisation) : 0));
        const run = replay({ demand: trace.demand, world, policy: trackOverFloors(target, floors) });
        const sums = tally(run, trace.demand, from, trace.demand.length);
        const oracle = oracleBill(world, trace.demand, from, trace.demand.length);
        const expected = score(sums, oracle, 30);
        const own = rows.filter((row) => row.target === target && row.lossFactor === 30);
        expect(own).toHaveLength(gives === 'point' ? 1 : 4);
        for (const row of own) expect(row).toMatchObject(expected);
      }
    },
  );

  it('that says it cannot, or ends, rejects with what it said', async () => {
    const failing = startPeer([process.execPath, CONSTANT, 'none']);
    await failing.open({ kind: 'open', peer: 'same', slotMinutes: 60 });
    await expect(failing.forecast({ kind: 'forecast', at: 0, slots: 1, lanes: [] })).rejects.toThrow(
      'the level is no number',
    );
    failing.close();
    const ending = startPeer([process.execPath, CONSTANT, '1']);
    await expect(ending.open({ kind: 'open', peer: 'mute', slotMinutes: 60 })).rejects.toThrow(
      'no model of that name',
    );
  });
});

describe('a lane', () => {
  const world = createWorld({ startup: 3 });
  const lane = () =>
    createLane({ world, quantile: 0.9, targets: [0.5, 0.7], demand: Float64Array.from(trace.demand) });

  it('tells the highest visible demand of each slot, nothing newer than the metric delay, and the cut slot again', () => {
    const it = lane();
    for (const { run } of it.runs) advance(run, trace.demand, 120);
    const { visible } = it.runs[0]!.run;
    const highest = (first: number, end: number) => Math.max(...visible.subarray(first, end));
    const first = tellLane(it, 120, 60);
    expect(first).toMatchObject({ from: 0, values: [highest(0, 60), highest(60, 119)] });
    for (const { run } of it.runs) advance(run, trace.demand, 180);
    expect(tellLane(it, 180, 60)).toMatchObject({ from: 1, values: [highest(60, 120), highest(120, 179)] });
  });

  it('has floors for the highest level until the look-ahead, from the minute after the forecast on', () => {
    const it = lane();
    const levels = [7, 7, 14, 7];
    setFloors(it, { minute: 600, slotMinutes: 60, levels, gives: 'quantile' }, 780);
    const { floors } = it.runs[0]!;
    expect([floors[600], floors[601]]).toEqual([0, 10]);
    // Start-up and buffer are 8 minutes: the slot of minute 720 is seen from minute 712 on.
    expect([floors[711], floors[712], floors[779], floors[780], floors[781]]).toEqual([10, 20, 20, 10, 0]);
    expect(it.runs[1]!.floors).toEqual(floors);
  });
});
