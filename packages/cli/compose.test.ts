import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PortError } from '@evenkeel/engine/ports';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AwsOptions, asUserErrors, openFile } from './compose.ts';
import { runCli } from './program/run-cli.ts';
import { UserError } from './program/user-error.ts';
import { createTestTerminal } from './testing/test-terminal.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'evenkeel-'));
});
afterAll(() => rm(folder, { recursive: true }));

describe('the embedded store', () => {
  it('is not made by a command that only looks', () => {
    const path = join(folder, '.evenkeel', 'evenkeel.db');
    openFile(path, { onlyLooks: true }).close();
    expect(existsSync(join(folder, '.evenkeel'))).toBe(false);
    openFile(path).close();
    expect(existsSync(path)).toBe(true);
  });

  it.each([
    ['scan', true],
    ['scan --all', true],
    ['status', true],
    ['plan shop', true],
    ['doctor', true],
    ['pause', undefined],
    ['run --once', undefined],
  ])('%s: only looks: %s', async (line, expected) => {
    const opened: AwsOptions[] = [];
    const open = async (options: AwsOptions) => {
      opened.push(options);
      throw new UserError('far enough');
    };
    expect(await runCli(line.split(' '), createTestTerminal({ open }))).toBe(2);
    expect(opened.map(({ onlyLooks }) => onlyLooks)).toEqual([expected]);
  });
});

it.each([
  [
    'connect ECONNREFUSED 127.0.0.1:9',
    /; nothing answers there: see that the network, .*--endpoint are right\.$/,
  ],
  ['not allowed; ask for it', /^not allowed; ask for it\.$/],
])('what AWS says is told with what to do: %s', async (message, told) => {
  await expect(asUserErrors(() => Promise.reject(new PortError('unavailable', message)))).rejects.toThrow(
    told,
  );
});
