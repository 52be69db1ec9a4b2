import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const BIN = fileURLToPath(new URL('../../packages/cli/bin/', import.meta.url));
let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'evenkeel-'));
  await writeFile(
    join(folder, 'twice.csv'),
    'timestamp,value\n2026-03-01T00:00:00Z,1\n2026-03-01T00:00:00Z,2\n',
  );
});
afterAll(() => rm(folder, { recursive: true }));

interface Ended {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

function run(file: string, ...line: readonly string[]): Promise<Ended> {
  return new Promise((resolve) => {
    execFile(process.execPath, [join(BIN, file), ...line], { cwd: folder }, (error, out, err) => {
      resolve({ code: error === null ? 0 : Number(error.code), out, err });
    });
  });
}

describe.each(['evenkeel.ts', 'evenkeel.mjs'])('%s as a process', (file) => {
  it('ends with 2 and one line on a bad trace', async () => {
    expect(await run(file, 'replay', '--trace', 'twice.csv')).toEqual({
      code: 2,
      out: '',
      err: 'evenkeel: twice.csv, line 3: the timestamp 2026-03-01T00:00:00Z stands in line 2 already; keep one row for each timestamp.\n',
    });
  });

  it('ends with 2 on an option that does not exist', async () => {
    const { code, out, err } = await run(file, 'bench', '--fast');
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toBe("evenkeel: unknown option '--fast'; see evenkeel bench --help\n");
  });

  it('ends with 0 on help, without colours in a pipe', async () => {
    const { code, out, err } = await run(file, '--help');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toContain('Usage: evenkeel');
    expect(out).not.toContain('\u001b');
  });
});

it('evenkeel.mjs on a Node that is too old: whoever ends it ends the process that works, too', async () => {
  const old =
    "Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '20.0.0' } })";
  const line = ['--import', `data:text/javascript,${old}`, join(BIN, 'evenkeel.mjs'), 'demo'];
  const started = spawn(process.execPath, line, { cwd: folder });
  await once(started.stdout, 'data');
  started.kill('SIGTERM');
  // Comes when both have let go of the output: were one still at work, only at the end of the demo.
  expect(await once(started, 'close')).toEqual([null, 'SIGTERM']);
});
