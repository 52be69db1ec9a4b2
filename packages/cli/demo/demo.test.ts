import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LedgerEntry } from '@evenkeel/core/explain';
import { MINUTES_PER_DAY, minute } from '@evenkeel/core/quantities';
import type { Region } from '@evenkeel/twin';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { STORE_FILE } from '../commands/aws-options.ts';
import { runCli } from '../program/run-cli.ts';
import { painter } from '../render/paint.ts';
import { createTestTerminal } from '../testing/test-terminal.ts';
import type { BeforeAfterRow, Period } from './before-after.ts';
import { DEMO_ENDS, EVENKEEL_BEGINS, HISTORY_BEGINS } from './calendar.ts';
import { createDayTeller } from './day-report.ts';
import { demoPage } from './demo-page.ts';
import { demoPicture } from './demo-picture.ts';
import { demoRegion } from './demo-region.ts';
import { demoReport } from './demo-report.ts';
import { type DemoDay, liveDemo } from './live-demo.ts';
import { DEMO_FILE, prepareDemo, saveDemo } from './saved-demo.ts';
import { SCENES } from './scenes.ts';
import { demoWorkloads } from './workloads.ts';

const SEED = 3;
/** A workload that gains and the one that cannot, for a day: the whole demo is too long for a test. */
const workloads = demoWorkloads(SEED).filter(({ name }) => name === 'reports' || name === 'licences');
const days: DemoDay[] = [];
let entries: readonly LedgerEntry[] = [];
let folder = '';

let region: Region;

beforeAll(async () => {
  region = demoRegion(workloads, SEED);
  const until = minute(EVENKEEL_BEGINS + MINUTES_PER_DAY);
  entries = await liveDemo(region, { until, onMinute: () => {}, onDay: (day) => days.push(day) });
  folder = await mkdtemp(join(tmpdir(), 'evenkeel-'));
  await prepareDemo(folder);
  await saveDemo(folder, { version: 1, seed: SEED, workloads: workloads.map(({ name }) => name), entries });
}, 60_000);
afterAll(() => rm(folder, { recursive: true }));

describe('the demo', () => {
  it('has six workloads of all four tiers, each within its bounds and different for another seed', () => {
    const six = demoWorkloads(1);
    expect(six).toHaveLength(6);
    expect(new Set(six.map(({ tier }) => tier))).toEqual(new Set([0, 1, 2, 3]));
    const noon = minute(HISTORY_BEGINS + 12 * 60);
    const other = demoWorkloads(2);
    for (const [index, { demand }] of six.entries())
      expect(other[index]?.demand(noon)).not.toBe(demand(noon));
    for (const scene of SCENES) {
      expect(six.map(({ name }) => name)).toContain(scene.workload);
      expect(scene.at).toBeGreaterThan(EVENKEEL_BEGINS);
      expect(scene.at).toBeLessThan(DEMO_ENDS);
    }
  });

  it('tells a day: the first message of a kind in full, floors with their numbers, and what cannot be improved', () => {
    expect(days).toHaveLength(1);
    const teller = createDayTeller({ paint: painter(false), columns: 100 });
    const report = teller.tell(days[0] as DemoDay);
    expect(teller.messages()).toBeGreaterThanOrEqual(3);
    expect(report).toContain('Monday, 5 October 2026');
    expect(report).toMatch(/Slack .*reports: CPU target 50 % → 55 %/);
    expect(report).toMatch(/│ +why /);
    expect(report).toMatch(
      /floor {3}reports: The floor goes \d+ → \d+ instances: demand of [\d.]+ needs [\d.]+ now/,
    );
    expect(report).toMatch(/excuse {2}licences: No strategy is cheaper/);
  });

  it('leaves a page: charts and messages of each workload, its figures, nothing from elsewhere', () => {
    const period = { dollarsPerMonth: 1000, hotMinutes: 140, launchesPerDay: 7, riskAdjustedCost: 1.5 };
    const rows = workloads.map(({ name }) => ({
      workload: name,
      before: period,
      after: { ...period, dollarsPerMonth: name === 'reports' ? 800 : 1000 },
    }));
    const page = demoPage({ region, workloads, rows, entries });
    expect(page.match(/<svg /g)).toHaveLength(4);
    expect(page).toContain(
      '<article id="reports"><header><h2>reports</h2><span class="saved">$200 a month less',
    );
    expect(page).toContain('<span class="soft">nothing to save</span>');
    expect(page).toMatch(/<td>1,000 → 800<\/td><td>-20 %<\/td><td>10 → 10<\/td>/);
    expect(page).toMatch(/<summary>\d+ messages? in Slack<\/summary>/);
    expect(page).not.toMatch(/<script|https?:/);
  });

  it('shows a picture in instances of the type the group began with, whatever it runs on now', () => {
    const [ref] = region.refs();
    const { need, owner, evenkeel, start } = demoPicture(region, ref!);
    expect([start, need.length, owner.length]).toEqual([EVENKEEL_BEGINS, 14 * 1440, 14 * 1440]);
    const { inService, start: first } = region.history(ref!);
    expect(evenkeel[600]).toBe(inService[EVENKEEL_BEGINS - first + 600]);
    const group = region.group(ref!);
    const felt = group.felt.map((units, m) => (m >= EVENKEEL_BEGINS - first ? units / 2 : units));
    const twice = demoPicture({ ...region, group: () => ({ ...group, felt }) }, ref!);
    expect(twice.evenkeel[600]).toBeCloseTo(2 * evenkeel[600]!, 9);
    expect(twice.need).toEqual(need);
  });

  it('ends with money, hot minutes and launches before and after, and says that one cannot be improved', () => {
    const period = (dollarsPerMonth: number, riskAdjustedCost: number): Period => ({
      dollarsPerMonth,
      hotMinutes: 140,
      launchesPerDay: 7,
      riskAdjustedCost,
    });
    const rows: readonly BeforeAfterRow[] = [
      { workload: 'reports', before: period(1000, 1.5), after: period(800, 1.25) },
      { workload: 'licences', before: period(145, 1), after: period(145, 1) },
    ];
    const report = demoReport(rows, workloads, entries, { paint: painter(false), columns: 200 });
    expect(report).toMatch(/reports +2 +1,000 → 800 +-20 % +10 → 10 +7 → 7 +1\.50 → 1\.25/);
    expect(report).toMatch(/all six +1,145 → 945 +-17 %/);
    expect(report).toMatch(/reports +tt-\d\d.*: \d+ % less than its own configuration in\s+replay/);
    expect(report).toMatch(/licences +cannot be improved: nothing beats its own tt-50 on 28 days/);
  });
});

it('a demo that could not be kept does not begin', async () => {
  const place = join(folder, 'taken');
  await mkdir(place);
  await writeFile(join(place, '.evenkeel'), 'a file where the folder should be');
  const terminal = createTestTerminal({ folder: place });
  expect(await runCli(['demo'], terminal)).toBe(2);
  expect(terminal.output()).toBe('');
  expect(terminal.errors()).toBe(
    `evenkeel: ${DEMO_FILE} cannot be written in this folder (EEXIST); start evenkeel demo in a folder of yours.\n`,
  );
});

describe('explain after a demo', () => {
  const explained = async (...line: string[]) => {
    const terminal = createTestTerminal({ folder, columns: 80 });
    return { code: await runCli(['explain', ...line], terminal), terminal };
  };

  it('says how things stand, with numbers, and lists the last changes', async () => {
    const { code, terminal } = await explained('reports', '--last', '3');
    expect(code).toBe(0);
    const said = terminal.output().replaceAll(/\s+/g, ' ');
    expect(said).toMatch(
      /reports: At least \d+ instances? since 2026-10-05 \d\d:\d\d UTC \(demand needed [\d.]+ then\)/,
    );
    expect(said).toMatch(/The strategy is tt-\d\d[^.]* instead of tt-50: replayed on 28 days of history/);
    expect(said).toMatch(/The last 3 of \d+ changes, newest first/);
    expect(
      Math.max(
        ...terminal
          .output()
          .split('\n')
          .map((line) => line.length),
      ),
    ).toBeLessThanOrEqual(80);
  });

  it('says why nothing was done', async () => {
    const { terminal } = await explained('licences');
    expect(terminal.output()).toMatch(
      /Not done\n {2}No strategy is cheaper for this tier than the owner's own \(tt-50\)/,
    );
  });

  it('gives the entries as JSON', async () => {
    const { terminal } = await explained('reports', '--last', '2', '--json');
    const parsed = JSON.parse(terminal.output());
    expect(parsed).toEqual(entries.filter(({ workload }) => workload === 'reports').slice(-2));
  });

  it('names the workloads there are where the name is wrong', async () => {
    const { code, terminal } = await explained('report');
    expect(code).toBe(2);
    expect(terminal.errors()).toBe(
      'evenkeel: the demo has no workload "report"; it has reports, licences.\n',
    );
  });

  it('says what to do where there was no demo, or its file is broken', async () => {
    const empty = await mkdtemp(join(tmpdir(), 'evenkeel-'));
    const terminal = createTestTerminal({ folder: empty });
    expect(await runCli(['explain', 'reports'], terminal)).toBe(2);
    await prepareDemo(empty);
    await saveDemo(empty, { version: 1, seed: 1, workloads: [], entries: [] });
    expect(await readFile(join(empty, DEMO_FILE), 'utf8')).toContain('"version":1');
    await writeFile(join(empty, DEMO_FILE), '{"version":');
    expect(await runCli(['explain', 'reports'], terminal)).toBe(2);
    await rm(empty, { recursive: true });
    expect(terminal.errors().trimEnd().split('\n')).toEqual([
      `evenkeel: neither ${DEMO_FILE} of evenkeel demo nor ${STORE_FILE} of evenkeel run is in this folder; start one of both here, or name a ledger with --store or --table.`,
      `evenkeel: ${DEMO_FILE} is not the ledger of a demo of this version; run evenkeel demo again.`,
    ]);
  });
});
