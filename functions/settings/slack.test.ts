import { describe, expect, test } from 'vitest';
import { parseSettings, SettingsError } from './index.ts';

const parse = (slack: unknown) =>
  parseSettings(JSON.stringify({ regions: ['eu-west-1'], slack }), 'evenkeel.json');

describe('Slack in the settings', () => {
  test('a channel is enough; nobody may answer until somebody is named', () => {
    const nobody = { users: [], groups: [] };
    expect(parse({ channel: 'evenkeel' }).slack).toEqual({
      by: 'bot',
      channel: 'evenkeel',
      accounts: {},
      who: { '0': nobody, '1': nobody, '2': nobody, '3': nobody },
    });
    expect(parseSettings('{"regions":["eu-west-1"]}', 'x').slack).toBeUndefined();
  });

  test('people and groups by tier, those left out are nobody', () => {
    const { who } = parse({
      channel: 'C024BE91LX',
      who: { '1': { users: ['U024BE7LH'], groups: ['S0123ONCALL'] } },
    }).slack!;
    expect(who['1']).toEqual({ users: ['U024BE7LH'], groups: ['S0123ONCALL'] });
    expect(who['0']).toEqual({ users: [], groups: [] });
  });

  test.each([
    [{}, /slack\.channel/],
    [
      { channel: '#evenkeel' },
      /slack\.channel: write a channel without #, such as evenkeel, not "#evenkeel"/,
    ],
    [{ channel: 'evenkeel', by: 'email' }, /slack\.by/],
    [{ channel: 'evenkeel', token: 'xoxb-1' }, /"token"/],
    [{ channel: 'evenkeel', accounts: { shop: 'team-shop' } }, /slack\.accounts/],
    [{ channel: 'evenkeel', who: { '1': { users: ['@carol'] } } }, /"@carol" is no id of a person/],
    [{ channel: 'evenkeel', who: { '1': { groups: ['oncall'] } } }, /"oncall" is no id of a user group/],
    [{ channel: 'evenkeel', who: { '4': {} } }, /"4"/],
  ])('%j is refused with the field and the remedy', (slack, sentence) => {
    expect(() => parse(slack)).toThrow(SettingsError);
    expect(() => parse(slack)).toThrow(sentence);
  });
});
