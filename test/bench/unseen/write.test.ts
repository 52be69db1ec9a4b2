import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeUnseen } from './write.ts';

const folder = mkdtempSync(join(tmpdir(), 'evenkeel-unseen-'));
const instances = join(folder, 'instances');
const told: string[] = [];

function write(...args: string[]): void {
  writeUnseen(args, (line) => told.push(line));
}

interface File {
  readonly file: string;
  readonly text: string;
}

/** What was written in the folder of one kind, in the order of the names. */
function filesOf(kind: string): readonly File[] {
  const path = join(folder, 'out', kind);
  const names = readdirSync(path).toSorted();
  return names.map((file) => ({ file, text: readFileSync(join(path, file), 'utf8') }));
}

function hashOf(files: readonly File[]): string {
  const hash = createHash('sha256');
  for (const { file, text } of files) hash.update(`${file}\n${text}`);
  return hash.digest('hex').slice(0, 16);
}

// Written once: two million rows, some seconds on a free core.
beforeAll(() => {
  mkdirSync(instances);
  const rows = [
    'timestamp,cpu_percent,memory_percent',
    '2014-02-14T14:25:00Z,51.85,7',
    '2014-02-14T14:30:00Z,,8',
  ];
  writeFileSync(join(instances, 'vm-1.csv'), rows.join('\n'));
  write(join(folder, 'out'), '--machines', instances);
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true }));

describe.each([
  { kind: 'patterns', count: 38, hash: 'f9b7ec36435c5c9f' },
  { kind: 'compositions', count: 48, hash: '45238e5752bcfcad' },
  { kind: 'fresh', count: 48, hash: '3198bded9079cd03' },
])('$kind', ({ kind, count, hash }) => {
  it('are the same, to the byte, as those the figures in docs were measured on', () => {
    const files = filesOf(kind);
    expect(files).toHaveLength(count);
    expect(hashOf(files)).toBe(hash);
  });

  it('have rows whose times ascend and whose values are numbers of at least 0, and not all the same', () => {
    for (const { file, text } of filesOf(kind)) expect(faultsOf(text), file).toEqual([]);
  });
});

const ROW = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:00Z),(\d+(?:\.\d+)?)$/;

/** What is wrong with the text of a trace. Times of one form ascend where their texts do. */
function faultsOf(text: string): readonly string[] {
  const [heading, ...rows] = text.trimEnd().split('\n');
  const faults = heading === 'timestamp,value' ? [] : [`heading ${heading}`];
  if (rows.length < 600) faults.push(`${rows.length} rows`);
  const values = new Set<string>();
  let before = '';
  for (const row of rows) {
    const [, time = '', value = ''] = ROW.exec(row) ?? [];
    if (!(time > before)) faults.push(row);
    before = time;
    values.add(value);
  }
  return values.size > 1 ? faults : [...faults, 'one value only'];
}

it('the pattern `gaps` has no rows for 34, 51 and 10 hours', () => {
  const { text } = filesOf('patterns').find(({ file }) => file === 'gaps.csv')!;
  const times = text
    .trimEnd()
    .split('\n')
    .slice(1)
    .map((row) => Date.parse(row.split(',')[0]!) / 3_600_000);
  const steps = times.slice(1).map((time, row) => Math.round(time - times[row]!));
  expect(steps.filter((hours) => hours > 0)).toEqual([34, 51, 10]);
});

describe('the command', () => {
  it('writes a folder of each kind and tells how to play it', () => {
    const counts = ['patterns', 'compositions', 'fresh', 'machines'].map(
      (kind) => readdirSync(join(folder, 'out', kind)).length,
    );
    expect(counts).toEqual([38, 48, 48, 1]);
    expect(told).toHaveLength(4);
    expect(told[0]).toContain(`npm run bench -- --traces ${join(folder, 'out', 'patterns')}`);
  });

  it('writes timestamp and value, a row each', () => {
    const text = readFileSync(join(folder, 'out', 'patterns', 'sine.csv'), 'utf8');
    expect(text.split('\n').slice(0, 3)).toEqual([
      'timestamp,value',
      '2021-03-01T00:00:00Z,60',
      '2021-03-01T00:15:00Z,62.616',
    ]);
    expect(text.endsWith('\n')).toBe(true);
  });

  it('takes the first measured column of a machine, empty values too', () => {
    const text = readFileSync(join(folder, 'out', 'machines', 'vm-1.csv'), 'utf8');
    expect(text).toBe('timestamp,value\n2014-02-14T14:25:00Z,51.85\n2014-02-14T14:30:00Z,\n');
  });

  it('says what is missing', () => {
    expect(() => write()).toThrow('one FOLDER to write to is needed');
    expect(() => write('a', 'b')).toThrow('given: 2');
  });

  it('names a wrong folder of machines, and writes nothing', () => {
    const out = join(folder, 'none');
    expect(() => write(out, '--machines', join(folder, 'nowhere'))).toThrow('there is no such folder');
    expect(() => write(out, '--machines', join(folder, 'out'))).toThrow('has no .csv file');
    expect(existsSync(out)).toBe(false);
  });

  it('names a file that is no instance trace', () => {
    const wrong = join(folder, 'wrong');
    mkdirSync(wrong);
    writeFileSync(join(wrong, 'x.csv'), 'when,what\n');
    expect(() => write(join(folder, 'none'), '--machines', wrong)).toThrow('begins with "when,what"');
  });
});
