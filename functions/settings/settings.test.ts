import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { placeKey } from '@evenkeel/core/explain';
import { describe, expect, test } from 'vitest';
import { parseDeployment, parseSettings, placesOf, SettingsError } from './index.ts';

const parse = (value: unknown) => parseSettings(JSON.stringify(value), 'evenkeel.json');
const SPOKE = { account: '222222222222', regions: ['us-east-1'] };

describe('settings of a deployment', () => {
  test('one region is enough; everything else has a default', () => {
    expect(parse({ regions: ['eu-west-1'] })).toEqual({
      regions: ['eu-west-1'],
      accounts: [],
      reviewHours: { from: 0, until: 6 },
      tracing: false,
      logLevel: 'INFO',
      logDays: 30,
    });
  });

  test.each([
    [{}, /regions/],
    [{ regions: [] }, /regions: name at least one region, such as \["eu-west-1"\]/],
    [{ regions: ['Ireland'] }, /regions\.0: "Ireland" is no region; write one such as eu-west-1/],
    [{ regions: ['eu-west-1', 'eu-west-1'] }, /named twice/],
    [{ regions: ['eu-west-1'], region: 'eu-west-1' }, /"region"/],
    [{ regions: ['eu-west-1'], accounts: [SPOKE] }, /externalId: needed as soon as accounts are named/],
    [
      { regions: ['eu-west-1'], externalId: 'x'.repeat(16), accounts: [{ ...SPOKE, account: 222222222222 }] },
      /accounts\.0\.account/,
    ],
    [
      { regions: ['eu-west-1'], externalId: 'x'.repeat(16), accounts: [{ ...SPOKE, account: '22' }] },
      /twelve digits in quotes/,
    ],
    [
      { regions: ['eu-west-1'], externalId: 'x'.repeat(16), accounts: [SPOKE, SPOKE] },
      /an account is named twice/,
    ],
    [{ regions: ['eu-west-1'], externalId: 'short' }, /externalId: write 16 to 128/],
    [{ regions: ['eu-west-1'], reviewHours: { from: 6, until: 2 } }, /from must be before until/],
    [{ regions: ['eu-west-1'], shapeChanges: { instanceRoles: ['web'] } }, /write the ARN of a role/],
    [{ regions: ['eu-west-1'], prices: { stated: ['m7g.large!'] } }, /prices\.stated\.0: .* such as m7g/],
    [{ regions: ['eu-west-1'], prices: { committed: { m5: 60 } } }, /prices\.committed\.m5: write a share/],
    [{ regions: ['eu-west-1'], logDays: 31 }, /logDays/],
    [{ regions: ['eu-west-1'], alarmEmail: 'ops' }, /alarmEmail: write one address/],
  ])('%j is refused with the field and the remedy', (value, sentence) => {
    expect(() => parse(value)).toThrow(SettingsError);
    expect(() => parse(value)).toThrow(sentence);
    expect(() => parse(value)).toThrow(/^evenkeel\.json is wrong: /);
  });

  test('a file that is no JSON is named', () => {
    expect(() => parseSettings('{regions', 'evenkeel.production.json')).toThrow(
      /^evenkeel\.production\.json is no JSON/,
    );
  });
});

test('docs/deploy.md has every setting, with its default', () => {
  const page = readFileSync(join(import.meta.dirname, '../../docs/deploy.md'), 'utf8');
  const everything = parse({
    regions: ['eu-west-1'],
    externalId: 'x'.repeat(16),
    accounts: [SPOKE],
    shapeChanges: { instanceRoles: [] },
    prices: { stated: ['m7g', 'u7i-12tb'], committed: { m5: 0.6 } },
    alarmEmail: 'ops@example.org',
  });
  for (const field of Object.keys(everything)) expect(page).toContain(`| \`${field}\` |`);
});

test('places: every region of the own account, then of the others', () => {
  const places = placesOf({ regions: ['eu-west-1', 'eu-north-1'], accounts: [SPOKE] }, '111111111111');
  expect(places.map(placeKey)).toEqual([
    '111111111111/eu-west-1',
    '111111111111/eu-north-1',
    '222222222222/us-east-1',
  ]);
});

describe('the environment of a function', () => {
  const environment = {
    EVENKEEL_STAGE: 'test',
    EVENKEEL_ACCOUNT: '111111111111',
    EVENKEEL_SETTINGS: '/var/task/evenkeel.json',
    EVENKEEL_TABLE: 'table',
  };

  test('gives the parts of the deployment', () => {
    const deployment = parseDeployment(environment);
    expect(deployment).toMatchObject({ stage: 'test', account: '111111111111' });
    expect(deployment.part('table')).toBe('table');
  });

  test('a part the function was not given is named', () => {
    expect(() => parseDeployment(environment).part('bus')).toThrow(/EVENKEEL_BUS is missing/);
  });

  test.each(['EVENKEEL_STAGE', 'EVENKEEL_ACCOUNT', 'EVENKEEL_SETTINGS'])(
    'without %s it does not start',
    (name) => {
      expect(() => parseDeployment({ ...environment, [name]: undefined })).toThrow(
        `the environment variable ${name} is missing or wrong`,
      );
    },
  );
});
