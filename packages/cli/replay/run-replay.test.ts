import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { runCli } from '../program/run-cli.ts';
import { createTestTerminal } from '../testing/test-terminal.ts';

const HOURS = 6 * 24;
let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'evenkeel-'));
  const rows = Array.from({ length: HOURS + 1 }, (_, hour) => {
    const at = new Date(Date.UTC(2026, 2, 1, hour)).toISOString();
    return `${at},${100 + Math.round(80 * Math.sin((2 * Math.PI * hour) / 24))}`;
  });
  await writeFile(join(folder, 'wave.csv'), `timestamp,value\n${rows.join('\n')}\n`);
});
afterAll(() => rm(folder, { recursive: true }));

it('replay prints every policy, a verdict and a chart, within 80 columns', async () => {
  const terminal = createTestTerminal({ folder, columns: 80 });
  expect(await runCli(['replay', '--trace', 'wave.csv', '--days', '2'], terminal)).toBe(0);
  const output = terminal.output();
  for (const policy of ['evenkeel', 'static', 'tt-30', 'tt-75', 'ps+tt-60', 'moving-p90']) {
    expect(output).toMatch(new RegExp(`^${policy.replace('+', '\\+')} +\\d\\.\\d{3}`, 'm'));
  }
  expect(output).toContain('3 days learned from, 3 scored; tier 1 (loss factor 30), start-up 3 min');
  expect(output).toMatch(/Evenkeel's cost is \d+\.\d % (below|above) tt-50/);
  expect(output).toMatch(/Mar 5 +Mar 6/);
  expect(Math.max(...output.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
  expect(terminal.errors()).toBe('');
});

it('replay --json is pure JSON with the setting and a row for each policy', async () => {
  const terminal = createTestTerminal({ folder });
  const line = ['replay', '--trace', 'wave.csv', '--tier', '3', '--startup', '10', '--json'];
  expect(await runCli(line, terminal)).toBe(0);
  const { results, ...head } = JSON.parse(terminal.output());
  expect(head).toEqual({ trace: 'wave', startup: 10, tier: 3, days: 6, historyDays: 3 });
  expect(results).toHaveLength(17);
  expect(Object.keys(results[0]).toSorted()).toEqual([
    'billedRatio',
    'hotPercent',
    'launchesPerDay',
    'lossFactor',
    'policy',
    'riskAdjustedCost',
    'unservedPercent',
  ]);
});

it('replay --html writes a page: figures, both charts, every policy', async () => {
  const terminal = createTestTerminal({ folder });
  expect(await runCli(['replay', '--trace', 'wave.csv', '--html', 'wave.html'], terminal)).toBe(0);
  expect(terminal.output()).toContain('The page is in wave.html; open it in a browser.');
  const page = await readFile(join(folder, 'wave.html'), 'utf8');
  expect(page.match(/<svg /g)).toHaveLength(2);
  expect(page).toMatch(/<b>\d\.\d\d → \d\.\d\d<\/b>cost with risk, from tt-50 to Evenkeel: [+-]\d+ %/);
  expect(page.match(/<td>(<b>)?tt-\d\d/g)).toHaveLength(10);
  expect(page).toContain('The busiest of them, 2026-03-0');
  expect(page).not.toMatch(/<script|https?:/);
});

it('replay --html says before the work begins where the page cannot be written', async () => {
  const terminal = createTestTerminal({ folder });
  expect(await runCli(['replay', '--trace', 'wave.csv', '--html', 'no/such/page.html'], terminal)).toBe(2);
  expect(terminal.errors()).toMatch(/--html no\/such\/page.html: the page cannot be written there/);
});
