import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MINUTES_PER_DAY, type Minute } from '@evenkeel/core/quantities';
import { createRegion, daily, steady } from '@evenkeel/twin';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demoCatalogue } from '../demo/demo-catalogue.ts';
import { type Answer, compositionOn, typed } from '../testing/test-place.ts';

/** A Monday. */
const START = 29_661_120 as Minute;
const NOW = (START + 6 * MINUTES_PER_DAY) as Minute;
const shape = { instanceTypes: ['m7g.large'], spotShare: 0, templateVersion: 'number' } as const;
const wave = daily({ low: 3, high: 14, peakHour: 18 });

const region = createRegion({
  start: START,
  end: NOW,
  groups: [
    {
      name: 'shop-web',
      tags: { 'evenkeel:workload': 'shop', 'evenkeel:tier': '2' },
      demand: wave,
      size: { min: 2, max: 60 },
      shape,
    },
    { name: 'shop-<b>', tags: { 'evenkeel:workload': 'shop' }, demand: wave, size: { min: 2, max: 60 } },
    {
      name: 'database',
      tags: { 'evenkeel:workload': 'data' },
      demand: steady(1),
      size: { min: 3, max: 3 },
      target: 'none',
    },
  ],
});
let folder = '';
let told: Answer;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'evenkeel-'));
  region.advance(NOW - START);
  told = await run('scan --html report.html');
}, 60_000);
afterAll(() => rm(folder, { recursive: true }));

const opened = compositionOn({ ...region.ports, catalogue: demoCatalogue() });
const run = (line: string, columns = 80) => typed(line, { opened, now: NOW, terminal: { folder, columns } });

describe('evenkeel scan', () => {
  it('says group by group what would have been saved and risked, which days count, and what was not replayed', () => {
    const { code, output, errors } = told;
    expect({ code, errors }).toEqual({ code: 0, errors: '' });
    expect(output).toMatch(/Had Evenkeel run 2 groups in mode auto: \$[\d,.]+ a month (less|more)\. Scored/);
    expect(output).toMatch(
      /^shop-web +2 +[\d,]+ → [\d,]+ +([+-]\d+ %|same) +\d+ → \d+ +\d+ → \d+ +1\.\d\d → 1\.\d\d$/m,
    );
    expect(output).toMatch(/^shop-<b> +1\? +[\d,]+ → [\d,]+ /m);
    expect(output).toMatch(/^all of them +\d/m);
    const flat = output.replaceAll(/\s+/g, ' ');
    expect(flat).toContain('Instance types were left as they are.');
    expect(flat).toContain('evenkeel explain WORKLOAD --shape then says which would be better');
    expect(flat).toMatch(/Scored 2026-05-28 to 2026-05-30; the 3 days before were only learned from\./);
    expect(flat).toContain('The replay is off by 0 %.');
    expect(flat).toContain('database In 6 days it had 3 instances on average (3 to 3), 33 % busy');
    expect(flat).toContain('The target is left alone (no scaling policy)');
    expect(Math.max(...output.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
  });

  it('writes nothing, neither in the region nor in the store', async () => {
    for (const ref of region.refs()) expect(await region.ports.scheduledActions.list(ref)).toEqual([]);
    expect(region.ports.ledger.all()).toEqual([]);
    expect(region.ports.notices.published).toEqual([]);
    expect(await region.ports.records.load(region.refs()[0]!)).toBeUndefined();
  });

  it('makes a page that needs nothing else, with charts and safe names', async () => {
    expect(told.output).toContain('The report is in report.html.');
    const page = await readFile(join(folder, 'report.html'), 'utf8');
    const has = (what: RegExp) => what.test(page);
    expect(page.match(/<svg /g)).toHaveLength(4);
    expect(has(/<h2>shop-&lt;b&gt;<\/h2>/)).toBe(true);
    expect(has(/<h2>[^<]*<b>|<script|https?:\/\//)).toBe(false);
    expect(has(/<b>\$[\d,]+ → \$[\d,]+<\/b>a month at list prices/)).toBe(true);
    expect(has(/own target tracking at 50 %/)).toBe(true);
    expect(has(/<h1>Not replayed<\/h1>[\s\S]*database/)).toBe(true);
  });

  it('gives figures as JSON, without the minutes', async () => {
    const { output, errors } = await run('scan --json');
    const { groups, place, failures } = JSON.parse(output);
    expect([place, failures, errors]).toEqual(['account 111122223333, eu-west-1', [], '']);
    const [best] = groups;
    expect(best.backtest).toMatchObject({ learnedDays: 3, scoredDays: 3, gate: { kind: 'matches' } });
    for (const side of [best.backtest.owner, best.backtest.evenkeel]) {
      expect(side.dollarsPerMonth).toBeGreaterThan(0);
      expect(side.riskAdjustedCost).toBeGreaterThanOrEqual(1);
    }
    expect(output).not.toContain('picture');
    expect(groups.at(-1).ref.name).toBe('database');
  });

  it('a group whose metrics cannot be read costs the others nothing', async () => {
    const metrics: typeof region.ports.metrics = {
      ...region.ports.metrics,
      demand: (ref, ...span) =>
        ref.name === 'shop-web'
          ? Promise.reject(new Error('cloudwatch:GetMetricData is missing'))
          : region.ports.metrics.demand(ref, ...span),
    };
    const broken = compositionOn({ ...region.ports, metrics });
    const { code, output } = await typed('scan shop', { opened: broken, now: NOW });
    expect(code).toBe(0);
    expect(output).toContain('shop-web could not be read: cloudwatch:GetMetricData is missing');
    expect(output).toMatch(/^shop-<b> /m);
  });

  it.each([
    ['scan tea', /no group in .* has the tag evenkeel:workload=tea/],
    ['scan --tier 9', /--tier "9" is not a tier/],
    [
      'scan data --html absent/report.html',
      /^evenkeel: --html absent\/report\.html: the page cannot be written there \(ENOENT\); name a file in/,
    ],
  ])('%s: says what is wrong', async (line, message) => {
    const { code, errors } = await run(line);
    expect(code).toBe(2);
    expect(errors).toMatch(message);
  });

  it('without any tagged group it says that --all scans the others', async () => {
    const empty = compositionOn(createRegion({ start: START, end: NOW, groups: [] }).ports);
    const { errors } = await typed('scan', { opened: empty, now: NOW });
    expect(errors).toMatch(/has the tag evenkeel:workload; write --all to scan every group as it is/);
  });
});
