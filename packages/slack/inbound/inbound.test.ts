import { createHmac } from 'node:crypto';
import { type Instant, minute } from '@evenkeel/core/quantities';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { COMMAND_HELP } from './command.ts';
import { parseCommand } from './parse-command.ts';
import { parseRequest } from './parse-request.ts';
import { verify } from './verify.ts';

const NOW = 1_779_786_000_000 as Instant;
const AT = minute(NOW / 60_000);
const SECRET = '8f742231b10e8888abcd99yyyzzz85a5';

function signed(body: string, secret = SECRET, seconds = NOW / 1000) {
  const signature = createHmac('sha256', secret).update(`v0:${seconds}:${body}`).digest('hex');
  return {
    body,
    headers: { 'x-slack-request-timestamp': String(seconds), 'x-slack-signature': `v0=${signature}` },
  };
}

describe('verify', () => {
  const check = (request: ReturnType<typeof signed>) => verify(request, { secret: SECRET, now: NOW });

  it('takes the example of Slack’s own documentation', () => {
    const body =
      'token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c';
    const headers = {
      'x-slack-request-timestamp': '1531420618',
      'x-slack-signature': 'v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503',
    };
    expect(verify({ body, headers }, { secret: SECRET, now: 1_531_420_620_000 as Instant }).kind).toBe(
      'genuine',
    );
  });

  it('refuses every body, time or signature that was changed in a single place', () => {
    const request = signed('command=%2Fevenkeel&text=status');
    expect(check(request).kind).toBe('genuine');
    const flip = (text: string, at: number) =>
      `${text.slice(0, at)}${text[at] === 'a' ? 'b' : 'a'}${text.slice(at + 1)}`;
    for (let at = 0; at < request.body.length; at += 1) {
      expect(check({ ...request, body: flip(request.body, at) }).kind).toBe('refused');
    }
    const signature = request.headers['x-slack-signature'];
    for (let at = 0; at < signature.length; at += 1) {
      expect(
        check({ ...request, headers: { ...request.headers, 'x-slack-signature': flip(signature, at) } }).kind,
      ).toBe('refused');
    }
    expect(
      check({
        ...request,
        headers: { ...request.headers, 'x-slack-request-timestamp': String(NOW / 1000 + 1) },
      }),
    ).toEqual({
      kind: 'refused',
      because: 'forged',
    });
  });

  it.each([
    ['another secret', signed('a=b', 'other'), 'forged'],
    ['an old request', signed('a=b', SECRET, NOW / 1000 - 301), 'stale'],
    ['a request of the future', signed('a=b', SECRET, NOW / 1000 + 301), 'stale'],
    [
      'no signature',
      { body: 'a=b', headers: { 'x-slack-request-timestamp': '1', 'x-slack-signature': '' } },
      'unsigned',
    ],
    [
      'a time that is none',
      { body: 'a=b', headers: { 'x-slack-request-timestamp': '1e9', 'x-slack-signature': 'v0=x' } },
      'unsigned',
    ],
    [
      'a short signature',
      { ...signed('a=b'), headers: { ...signed('a=b').headers, 'x-slack-signature': 'v0=' } },
      'forged',
    ],
  ])('refuses %s', (_name, request, because) => expect(check(request)).toEqual({ kind: 'refused', because }));
});

describe('parseRequest', () => {
  const id = 'a'.repeat(30);
  const form = (fields: Record<string, string>) => new URLSearchParams(fields).toString();
  const press = (change: object) =>
    form({
      payload: JSON.stringify({
        type: 'block_actions',
        user: { id: 'U1', team_id: 'T1', username: 'admin' },
        actions: [{ action_id: 'evenkeel:approve', value: id }],
        response_url: 'https://hooks.slack.com/actions/1',
        trigger_id: 't1',
        ...change,
      }),
    });

  it('reads a button', () =>
    expect(parseRequest(press({}))).toEqual({
      kind: 'press',
      button: 'approve',
      message: id,
      by: { id: 'U1', team: 'T1' },
      responseUrl: 'https://hooks.slack.com/actions/1',
      trigger: 't1',
    }));

  it('reads a command, and replies only to Slack', () =>
    expect(
      parseRequest(
        form({
          command: '/evenkeel',
          text: 'status',
          user_id: 'U1',
          team_id: 'T1',
          response_url: 'https://evil.test/hooks.slack.',
        }),
      ),
    ).toEqual({ kind: 'command', words: 'status', by: { id: 'U1', team: 'T1' } }));

  it.each([
    ['an unknown button', press({ actions: [{ action_id: 'evenkeel:destroy', value: id }] })],
    ['a button every object has', press({ actions: [{ action_id: 'evenkeel:constructor', value: id }] })],
    [
      'a value that is no id',
      press({ actions: [{ action_id: 'evenkeel:approve', value: '{"workload":"x"}' }] }),
    ],
    ['no action', press({ actions: [] })],
    ['no user', press({ user: {} })],
    ['another type', press({ type: 'shortcut' })],
    ['a payload that is no JSON', form({ payload: '{' })],
    ['a list', form({ payload: '[]' })],
    ['nothing', ''],
  ])('does nothing with %s', (_name, body) => expect(parseRequest(body).kind).toBe('unknown'));

  it('never throws', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.json().map((json) => form({ payload: json })),
        ),
        (body) => {
          expect(['press', 'reason', 'command', 'probe', 'unknown']).toContain(parseRequest(body).kind);
        },
      ),
      { seed: 20_260_523 },
    );
  });
});

describe('parseCommand', () => {
  it.each([
    ['', { kind: 'help' }],
    ['status', { kind: 'status' }],
    ['STATUS checkout', { kind: 'status', workload: 'checkout' }],
    ['why checkout', { kind: 'why', workload: 'checkout' }],
    ['plan "two words"', { kind: 'plan', workload: 'two words' }],
    ['pause checkout', { kind: 'pause', workload: 'checkout' }],
    ['pause --all --for 90m', { kind: 'pause', minutes: 90 }],
    [
      'pause checkout --for 4h --note "load test"',
      { kind: 'pause', workload: 'checkout', minutes: 240, note: 'load test' },
    ],
    [
      'pause checkout —for 4h —note “it’s late”',
      { kind: 'pause', workload: 'checkout', minutes: 240, note: "it's late" },
    ],
    ['resume --all', { kind: 'resume' }],
    ['boost checkout --add 4 --for 2h', { kind: 'boost', workload: 'checkout', add: 4, minutes: 120 }],
    [
      'boost checkout --factor 1.5 --for 2h',
      { kind: 'boost', workload: 'checkout', factor: 1.5, minutes: 120 },
    ],
    ['rollback checkout', { kind: 'roll-back', workload: 'checkout' }],
    ['rollback checkout 3f2a', { kind: 'roll-back', workload: 'checkout', id: '3f2a' }],
    ['boost checkout --end', { kind: 'end-boost', workload: 'checkout' }],
    [
      'expect checkout --name sale --factor=3 --from 2026-11-27T09:00 --until 2026-11-27T18:00Z',
      { kind: 'expect', workload: 'checkout', name: 'sale', factor: 3, from: 29_929_500, until: 29_930_040 },
    ],
    ['expect checkout --cancel sale', { kind: 'cancel-expected', workload: 'checkout', name: 'sale' }],
    ['approve checkout', { kind: 'approve', workload: 'checkout' }],
    ['approve checkout 3f2a', { kind: 'approve', workload: 'checkout', id: '3f2a' }],
    [
      'reject checkout --note "not before Christmas"',
      { kind: 'reject', workload: 'checkout', reason: 'not before Christmas' },
    ],
  ])('reads "%s"', (text, command) => expect(parseCommand(text, AT)).toEqual(command));

  it.each([
    ['constructor checkout', 'There is no `constructor`'],
    ['toString', 'There is no `toString`'],
    ['destroy checkout', 'There is no `destroy`'],
    ['pause', '`pause` needs the name of a workload'],
    ['pause checkout --all', 'not both'],
    ['pause checkout --for soon', '`--for soon` is no length of time'],
    ['pause checkout --for 0h', 'no length of time'],
    ['pause checkout --force yes', '`pause` has no `--force`'],
    ['pause checkout --note', '`--note` needs a value'],
    ['pause "checkout', 'A quote is not closed'],
    ['boost checkout --for 2h', '`--add` is a number of instances'],
    ['boost checkout --add 2.5 --for 2h', '`--add` is a number of instances'],
    ['boost checkout --add 4 --factor 2 --for 2h', 'not both'],
    ['boost checkout --factor 1 --for 2h', '`--factor` is a multiple of the planned floors'],
    ['rollback', '`rollback` needs the name'],
    ['boost checkout --add 4 --for 3d', 'up to 24 hours'],
    [
      'expect checkout --factor 0 --from 2026-11-27T09:00 --until 2026-11-27T18:00',
      '`--factor` is a multiple',
    ],
    ['expect checkout --factor 3 --from 2026-02-30T09:00 --until 2026-11-27T18:00', 'are times in UTC'],
    ['expect checkout --factor 3 --from 2026-11-27T18:00 --until 2026-11-27T09:00', 'later than'],
    ['expect checkout --factor 3 --from 2020-11-27T09:00 --until 2020-11-27T18:00', 'over already'],
    ['approve', 'needs the name'],
  ])('says what is wrong with "%s"', (text, part) => {
    const command = parseCommand(text, AT);
    expect(command.kind).toBe('problem');
    expect(command).toMatchObject({ text: expect.stringContaining(part) as string });
  });

  it('reads every example of its own help', () => {
    for (const [usage, what] of COMMAND_HELP) {
      const examples = [
        usage
          .replaceAll(/\[[^\]]*\]/g, '')
          .replaceAll('WORKLOAD|--all', 'checkout')
          .replaceAll('WORKLOAD', 'checkout'),
        ...[...what.matchAll(/`([^`]+)`/g)].map((match) =>
          match[1]!.replaceAll('WORKLOAD', 'checkout').replaceAll(/\[[^\]]*\]/g, ''),
        ),
      ];
      for (const example of examples)
        expect({ example, kind: parseCommand(example, AT).kind }).not.toMatchObject({ kind: 'problem' });
    }
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(parseCommand(text, AT).kind).toBeTypeOf('string');
      }),
      { seed: 20_260_523 },
    );
  });
});
