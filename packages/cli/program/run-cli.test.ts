import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import manifest from '../package.json' with { type: 'json' };
import { createTestTerminal } from '../testing/test-terminal.ts';
import { runCli } from './run-cli.ts';

let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'evenkeel-'));
  await writeFile(join(folder, 'bad.csv'), 'time,load\n');
});
afterAll(() => rm(folder, { recursive: true }));

describe('evenkeel, on a mistake of the user', () => {
  it.each([
    ['replay', /^evenkeel: --trace is missing; write evenkeel replay --trace FILE\.csv/],
    ['replay --trace absent.csv', /^evenkeel: absent\.csv does not exist; give the path of a CSV file/],
    ['replay --trace .', /^evenkeel: \. is a folder, not a file; give the path/],
    [
      'replay --trace bad.csv',
      /^evenkeel: bad\.csv, line 1: the header is "time,load"; it must be timestamp,value/,
    ],
    ['replay --trace bad.csv --tier 7', /--tier "7" is not a tier; write 0/],
    ['replay --trace bad.csv --startup x', /--startup "x" must be a whole number from 1 to 60/],
    ['replay --trace bad.csv --startup 0', /--startup "0" must be/],
    ['replay --trace bad.csv --days 99', /--days "99" must be a whole number from 1 to 14/],
    ['replay --trace bad.csv --starup 3', /unknown option '--starup' \(Did you mean --startup\?\)/],
    ['replay --trace', /option '--trace <file>' argument missing/],
    ['replay --trace bad.csv extra', /too many arguments/],
    ['bench', /^evenkeel: --traces is missing; write evenkeel bench --traces FOLDER/],
    ['bench --tracs .', /unknown option '--tracs' \(Did you mean --traces\?\); see evenkeel bench --help/],
    ['bench --traces absent', /^evenkeel: absent does not exist; give a folder with CSV files/],
    ['bench --traces bad.csv', /bad\.csv is not a folder/],
    ['bench --traces . --startup 3,x', /--startup "x" must be/],
    [
      'bench --traces . --scenario smooth',
      /--scenario "smooth" is not known; write one of rough, aws-slow, slow-metrics, late-floors, fleet/,
    ],
    [
      'bench --traces . --outage --scenario rough',
      /'--outage' cannot be used with option '--scenario <name>'; see evenkeel bench --help/,
    ],
    ['bench --traces .', /bad\.csv, line 1: the header/],
    ['explain', /missing required argument 'workload'/],
    ['why', /missing required argument 'workload'; see evenkeel why --help/],
    ['explain shop --table t', /^evenkeel: no region is set/],
    ['expect shop --from noon', /--from "noon" is no time/],
    ['demo --seed -1', /--seed "-1" must be a whole number/],
    ['run', /^evenkeel: no region is set; write --region eu-west-1, or set AWS_REGION\./],
    ['pause shop --for 2w', /--for "2w" is not a length of time up to 90 days; write 90m, 2h or 3d\./],
    ['pause shop --for 100d', /--for "100d" is not/],
    ['off', /missing required argument 'workload'/],
    ['dmeo', /unknown command 'dmeo' \(Did you mean demo\?\)/],
    ['dmeo --help', /unknown command 'dmeo' \(Did you mean demo\?\); see evenkeel --help/],
    ['help dmeo', /unknown command 'dmeo' \(Did you mean demo\?\); see evenkeel --help/],
    [
      'explain shop --store bad.csv',
      /^evenkeel: .*bad\.csv is not a store of Evenkeel's; name the file that/,
    ],
    ['status --endpoint here', /^evenkeel: --endpoint "here" is no address; write one such as http:/],
    [
      'scan --demo --html absent/report.html',
      /^evenkeel: --html absent\/report\.html: .* \(ENOENT\); name a file in/,
    ],
    ['demo --messages absent/page.html', /^evenkeel: --messages absent\/page\.html: .* \(ENOENT\)/],
  ])('%s: one line, exit code 2', async (line, message) => {
    const terminal = createTestTerminal({ folder });
    expect(await runCli(line.split(' '), terminal)).toBe(2);
    expect(terminal.errors()).toMatch(message);
    expect(terminal.errors().trimEnd()).not.toContain('\n');
    expect(terminal.output()).toBe('');
  });
});

it('evenkeel --version is the version of its package', async () => {
  const terminal = createTestTerminal();
  expect(await runCli(['--version'], terminal)).toBe(0);
  expect(terminal.output()).toBe(`${manifest.version}\n`);
});

describe('evenkeel --help', () => {
  it.each([
    '',
    'demo',
    'scan',
    'run',
    'doctor',
    'status',
    'plan',
    'explain',
    'dashboard',
    'approve',
    'reject',
    'rollback',
    'boost',
    'expect',
    'pause',
    'resume',
    'off',
    'remove',
    'replay',
    'bench',
    'catalog',
    'cost',
  ])('reads the same as ever: %s', async (command) => {
    const terminal = createTestTerminal({ columns: 80 });
    expect(await runCli([...(command ? [command] : []), '--help'], terminal)).toBe(0);
    await expect(terminal.output()).toMatchFileSnapshot(`./help/${command || 'evenkeel'}.txt`);
    expect(terminal.errors()).toBe('');
    expect(
      Math.max(
        ...terminal
          .output()
          .split('\n')
          .map((text) => text.length),
      ),
    ).toBeLessThanOrEqual(80);
  });

  it('is what a bare evenkeel shows', async () => {
    const bare = createTestTerminal();
    const asked = createTestTerminal();
    expect(await runCli([], bare)).toBe(0);
    await runCli(['--help'], asked);
    expect(bare.output()).toBe(asked.output());
  });
});
