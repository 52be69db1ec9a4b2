import { describe, expect, it } from 'vitest';
import { createTestTerminal } from '../testing/test-terminal.ts';
import { chart } from './chart.ts';
import { elapsed } from './elapsed.ts';
import { painter } from './paint.ts';
import { progress } from './progress.ts';
import { table, visibleLength } from './table.ts';

const DAY = 1440;
const plain = painter(false);

function drawn(need: number, capacity: number): string {
  const series = (value: number): Float64Array => new Float64Array(3 * DAY).fill(value);
  const startedAt = Date.UTC(2026, 2, 1, 12);
  return chart({ need: series(need), capacity: series(capacity), startedAt, columns: 80, rows: 10 }, plain);
}

describe('chart', () => {
  it('fits the columns, has a date at each midnight and says what a column is', () => {
    const lines = drawn(5, 8).split('\n');
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80);
    expect(lines.join('\n')).toMatch(/Mar 2 +Mar 3 +Mar 4/);
    expect(lines.join('\n')).toContain('each column is the tightest of its 60 minutes');
  });

  it('draws capacity above need, and marks need that nothing covers', () => {
    const covered = drawn(5, 8).split('\n');
    const short = drawn(8, 5).split('\n');
    const row = (lines: readonly string[], sign: RegExp): number =>
      lines.findIndex((line) => sign.test(line));
    expect(row(covered, /─{70}/)).toBeLessThan(row(covered, /[▁-█]{70}/));
    expect(covered.slice(0, 10).join('')).not.toContain('▓');
    expect(row(short, /▓{70}/)).toBeLessThan(row(short, /─{70}/));
  });

  it('finds the one short minute of an hour', () => {
    const need = new Float64Array(3 * DAY).fill(4);
    need[2000] = 9;
    const capacity = new Float64Array(3 * DAY).fill(5);
    const picture = chart({ need, capacity, startedAt: 0, columns: 80, rows: 10 }, plain);
    expect(
      picture.split('\n').filter((line) => line.includes('┤') && line.includes('▓')).length,
    ).toBeGreaterThan(2);
  });
});

describe('table', () => {
  it('aligns figures to the right, painted or not', () => {
    const columns = [{ title: 'policy' }, { title: 'cost', align: 'right' }] as const;
    const rows = [
      ['a', '1.5'],
      ['longer', '10.25'],
    ];
    const text = table(columns, rows);
    expect(text).toBe('policy   cost\n─────────────\na         1.5\nlonger  10.25\n');
    const green = painter(true);
    const painted = table(
      columns,
      rows.map((cells) => cells.map((cell) => green('good', cell))),
    );
    expect(painted).toContain('\u001b[32m');
    expect(painted.split('\n').map(visibleLength)).toEqual(text.split('\n').map((line) => line.length));
  });
});

describe('progress', () => {
  const walked = (liveColumns: number | undefined, silent = false) => {
    let now = 0;
    const terminal = createTestTerminal({ liveColumns, columns: 100, elapsed: () => now });
    const bar = progress(terminal, { label: 'bench', total: 40, silent });
    for (let done = 1; done <= 40; done += 1) {
      now += 1000;
      bar.update(done, 'a trace');
    }
    bar.finish();
    return terminal;
  };

  it('redraws one line on a terminal and takes it away in the end', () => {
    const terminal = walked(80);
    expect(terminal.errors()).toContain('50 %, about 20 s left  a trace');
    expect(terminal.errors()).not.toContain('\n');
    expect(terminal.errors().endsWith('\r\u001b[2K')).toBe(true);
    expect(terminal.output()).toBe('');
  });

  it('fits into the line of standard error, however wide standard output is', () => {
    const lines = walked(30).errors().split('\r\u001b[2K');
    expect(Math.max(...lines.map((each) => each.length))).toBe(29);
  });

  it('writes a plain line every ten seconds elsewhere', () => {
    expect(walked(undefined).errors().trimEnd().split('\n')).toEqual([
      'bench: 25 % after 10 s, a trace',
      'bench: 50 % after 20 s, a trace',
      'bench: 75 % after 30 s, a trace',
      'bench: 100 % after 40 s, a trace',
    ]);
  });

  it('can be silent', () => {
    expect(walked(80, true).errors()).toBe('');
  });
});

it('elapsed time reads like speech', () => {
  expect([400, 48_000, 200_400].map(elapsed)).toEqual(['0 s', '48 s', '3 min 20 s']);
});
