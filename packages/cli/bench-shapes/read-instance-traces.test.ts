import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readInstanceTraces } from './read-instance-traces.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'evenkeel-shapes-'));
  await mkdir(join(folder, 'instances'));
});
afterEach(() => rm(folder, { recursive: true }));

const HEADER = 'timestamp,cpu_percent,memory_percent,network_in_bytes,network_out_bytes';
const ENTRY = {
  name: 'a',
  file: 'instances/a.csv',
  vcpus: 4,
  memory_gib: 8,
  interval_seconds: 300,
};

async function write(
  index: unknown,
  csv = `${HEADER}\nt,50,25,3750000000,0\nt,,50,0,7500000000\n`,
): Promise<void> {
  await writeFile(join(folder, 'index.json'), typeof index === 'string' ? index : JSON.stringify(index));
  await writeFile(join(folder, 'instances', 'a.csv'), csv);
}

describe('reading per-instance traces', () => {
  it('gives the load of twelve such machines; an empty cell holds the value above it', async () => {
    await write({ traces: [ENTRY] });
    const [trace] = await readInstanceTraces(folder, '/');
    expect(trace).toEqual({
      name: 'a',
      source: { vcpus: 4, memoryGiB: 8 },
      load: {
        instances: 12,
        cpu: Float64Array.of(24, 24),
        memory: Float64Array.of(2, 4),
        // The larger direction: 3.75 GB in 300 s are 0.1 Gbit/s.
        network: Float64Array.of(1.2000000000000002, 2.4000000000000004),
      },
    });
  });

  it('leaves out demand traces and machines without memory or network', async () => {
    const other = { ...ENTRY, file: 'instances/b.csv' };
    const demand = { name: 'd', file: 'demand/d.csv', kind: 'demand', interval_seconds: 60 };
    await write([demand, ENTRY, other]);
    await writeFile(join(folder, 'instances', 'b.csv'), 'timestamp,cpu_percent\nt,1\nt,2\n');
    expect((await readInstanceTraces(folder, '/')).map(({ name }) => name)).toEqual(['a']);
  });

  it.each([
    ['no index', undefined, undefined, /index\.json does not exist; give a folder with index\.json/],
    ['an index that is no JSON', '{', undefined, /index\.json is not JSON/],
    ['an index without a list', {}, undefined, /has no list "traces"/],
    ['no trace of the kind', { traces: [] }, undefined, /holds no trace with cpu_percent, memory_percent/],
    [
      'no size',
      { traces: [{ ...ENTRY, memory_gib: 0 }] },
      undefined,
      /memory_gib of instances\/a\.csv is not a number above 0/,
    ],
    [
      'no trace with all columns',
      { traces: [ENTRY] },
      'timestamp,cpu_percent\nt,1\nt,2\n',
      /holds no trace with cpu_percent/,
    ],
    [
      'a bad cell',
      { traces: [ENTRY] },
      `${HEADER}\nt,1,1,1,1\nt,1,x,1,1\n`,
      /a\.csv, line 3: memory_percent is "x"/,
    ],
    [
      'a negative cell',
      { traces: [ENTRY] },
      `${HEADER}\nt,1,1,1,1\nt,-1,1,1,1\n`,
      /line 3: cpu_percent is "-1"/,
    ],
    ['one row', { traces: [ENTRY] }, `${HEADER}\nt,1,1,1,1\n`, /a\.csv has 1 rows/],
    ['rows of different length', { traces: [ENTRY] }, `${HEADER}\nt,1\n`, /a\.csv is not readable as CSV/],
  ])('refuses %s in one line', async (_name, index, csv, message) => {
    if (index !== undefined) await write(index, csv);
    await expect(readInstanceTraces(folder, '/')).rejects.toThrow(message);
  });
});
