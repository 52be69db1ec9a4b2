import type { Profile } from '@evenkeel/core/forecast';
import type { Minute } from '@evenkeel/core/quantities';
import { describe, expect, it } from 'vitest';
import { memoryPlace, typed } from '../testing/test-place.ts';

/** 2026-05-25 07:45 UTC. */
const NOW = 29_661_585 as Minute;
const MIDNIGHT = (NOW - 465) as Minute;

/** Two instances' worth of demand at night, seven from 09:00 to 18:00. */
const atCell = (cell: number) => (cell % 288 >= 108 && cell % 288 < 216 ? 7 : 2);
const PROFILE = {
  version: 1,
  learnedAt: MIDNIGHT,
  sloUtilisation: 0.7,
  lead: 8,
  strategy: { target: 0.5, floors: { forecaster: 'level', quantile: 0.9 } },
  forecasters: [{ name: 'level', weight: 1, lesson: { margins: [] } }],
  dayAhead: Array.from({ length: 576 }, (_, cell) => atCell(cell)),
  highestNeed: 12,
} as Profile;

async function shop(mode: string) {
  const { ports, opened } = memoryPlace(NOW, { tags: { 'evenkeel:mode': mode } });
  const start = (NOW - 1440) as Minute;
  const values = Float64Array.from({ length: 1440 }, (_, i) =>
    atCell(Math.floor((start + i - MIDNIGHT) / 5) + 288),
  );
  const [group] = await ports.groups.list();
  ports.metrics.set(group!.ref, { demand: { start, values } });
  await ports.profiles.save('shop', PROFILE);
  return {
    ports,
    run: (line: string, columns = 80) => typed(line, { opened, now: NOW, terminal: { columns } }),
  };
}

describe('evenkeel plan', () => {
  it('shows the steps that stand in the group, and the way home', async () => {
    const { run } = await shop('auto');
    await run('resume shop');
    const { code, output } = await run('plan shop');
    expect(code).toBe(0);
    expect(output).toMatch(/^shop-web: MinSize 2, 4 in service, MaxSize 20; mode auto$/m);
    expect(output.replaceAll(/\s+/g, ' ')).toContain('stands in the group itself as scheduled actions');
    expect(output).toMatch(/^ {2}now +at least 3 instances$/m);
    expect(output).toMatch(/^ {2}08:5\d +at least 10 instances$/m);
    expect(output).toMatch(/^ {2}18:\d\d +at least 3 instances$/m);
    expect(Math.max(...output.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
  });

  it('draws what was needed, what is foreseen and the floors, with the present marked', async () => {
    const { run } = await shop('auto');
    await run('resume shop');
    const { output } = await run('plan shop', 120);
    for (const sign of ['█ need', '░ foreseen at most', '─ in service', '━ floor', '┊', 'now']) {
      expect(output).toContain(sign);
    }
    expect(output).toMatch(/00:00.*now.*12:00.*18:00.*00:00/);
    const highest = output.split('\n').findIndex((line) => line.includes('━━━'));
    const lowest = output.split('\n').findLastIndex((line) => line.includes('━━━') && line.includes('┤'));
    expect(highest).toBeLessThan(lowest);
  });

  it('shows what would be where the mode writes nothing', async () => {
    const { run } = await shop('observe');
    const { output } = await run('plan shop');
    expect(output.replaceAll(/\s+/g, ' ')).toContain(
      'Nothing is written (mode observe); this is what the plan by tt-50 over',
    );
    expect(output).toMatch(/^ {2}08:5\d +at least 10 instances$/m);
  });

  it('gives the floors as JSON', async () => {
    const { run } = await shop('observe');
    const [plan] = JSON.parse((await run('plan shop --json')).output);
    expect(plan).toMatchObject({ group: 'shop-web', mode: 'observe', standing: 'told', maxSize: 20 });
    expect(plan.floors.map((each: { floor: number }) => each.floor)).toEqual([3, 10, 3]);
  });

  it('says why there is none', async () => {
    const { opened } = memoryPlace(NOW);
    const { output } = await typed('plan shop', { opened, now: NOW });
    expect(output).toContain('There is no plan yet: the first nightly review has not been held.');
    const unknown = await typed('plan tea', { opened, now: NOW });
    expect(unknown).toMatchObject({ code: 2, errors: expect.stringContaining('evenkeel:workload=tea') });
  });
});
