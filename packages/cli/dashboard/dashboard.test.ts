import { request } from 'node:http';
import type { LedgerEntry } from '@evenkeel/core/explain';
import type { Minute } from '@evenkeel/core/quantities';
import { dashboardPage } from '@evenkeel/dashboard/page';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { memoryPlace, typed } from '../testing/test-place.ts';
import { dashboardView } from './dashboard-view.ts';
import { type ServedPage, servePage } from './serve-page.ts';

/** 2026-05-25 07:45 UTC. */
const NOW = 29_661_585 as Minute;
const REF = { account: '111122223333', region: 'eu-west-1', name: 'shop-web' };

function entry(ago: number, fields: Partial<LedgerEntry>): LedgerEntry {
  const at = (NOW - ago) as Minute;
  return { id: `tick/${at}`, at, workload: 'shop', group: 'shop-web', excuses: [], ...fields };
}

/** A group of six, whose demand has needed five all day, with a step ahead and two lines in the ledger. */
async function shop() {
  const { ports, opened } = memoryPlace(NOW);
  const values = new Float64Array(1440).fill(3.5);
  ports.metrics.set(REF, {
    demand: { start: (NOW - 1440) as Minute, values },
    inService: new Float64Array(1440).fill(6),
  });
  const step = { name: 'evenkeel-1', start: (NOW + 60) as Minute, minSize: 9 };
  await ports.scheduledActions.put(REF, [step], { decisionId: 'd' });
  await ports.records.save(REF, {
    home: { minSize: 2 },
    adoptedAt: 0 as Minute,
    written: [step],
    floorTrail: [[(NOW - 300) as Minute, 4]],
  });
  await ports.ledger.append([
    entry(9, { decision: { kind: 'adoption', homeMinSize: 2 }, outcome: { kind: 'applied' } }),
    entry(5, {
      decision: { kind: 'give-back', reason: 'paused' },
      outcome: { kind: 'failed', message: 'no <b>permission</b>' },
    }),
  ]);
  return { ports, opened };
}

describe('the dashboard', () => {
  it('shows the last day and the next: need, instances, floors that were and that will be', async () => {
    const { ports, opened } = await shop();
    const { groups } = await dashboardView(opened, await ports.groups.list(), NOW);
    const { picture } = groups[0]!;
    const at = (minutes: number) => picture!.now - 1 + minutes;
    expect(picture?.need).toHaveLength(2 * 1440);
    expect(picture?.need[at(-200)]).toBeCloseTo(5, 9);
    expect(picture?.inService[at(-200)]).toBe(6);
    expect([picture?.floors[at(-400)], picture?.floors[at(-200)]]).toEqual([Number.NaN, 4]);
    expect([picture?.floors[at(30)], picture?.floors[at(61)]]).toEqual([2, 9]);
  });

  it('says how each group stands, why, and what happened last, in a page that needs nothing else', async () => {
    const { ports, opened } = await shop();
    const view = await dashboardView(opened, await ports.groups.list(), NOW);
    const page = dashboardPage({ ...view, again: 60 });
    expect(page).toContain('account 111122223333, eu-west-1, 2026-05-25 07:45 UTC');
    expect(page).toContain('<dt>next step</dt><dd>9 at 08:45 UTC</dd>');
    expect(page).toMatch(/class="failed">Pending steps .*failed: no &lt;b&gt;permission&lt;\/b&gt;/);
    expect(page).toContain('<meta http-equiv="refresh" content="60">');
    expect(page).not.toMatch(/<script|https?:\/\/|<b>permission/);
    expect(page.match(/<svg /g)).toHaveLength(1);
  });

  it('S30: a pause is seen at once', async () => {
    const { ports, opened } = await shop();
    await ports.holds.place({ kind: 'paused', scope: { kind: 'everything' }, since: NOW, by: 'alice' });
    const view = await dashboardView(opened, await ports.groups.list(), NOW);
    expect(dashboardPage(view)).toContain('<span class="held">paused: paused by alice</span>');
  });

  it('gives what it shows as JSON, and says what is wrong', async () => {
    const { opened } = await shop();
    const { output } = await typed('dashboard --json', { opened, now: NOW });
    expect(JSON.parse(output).groups[0]).toMatchObject({
      group: 'shop-web',
      state: 'steering',
      isHeld: false,
    });
    expect((await typed('dashboard tea', { opened, now: NOW })).errors).toContain('evenkeel:workload=tea');
    expect((await typed('dashboard --port 0', { opened, now: NOW })).errors).toContain('--port "0" must be');
  });
});

describe('the page that is served', () => {
  let served: ServedPage;
  let looks = 0;
  beforeAll(async () => {
    served = await servePage(async () => {
      looks += 1;
      if (looks === 2) throw new Error('AWS is not there');
      return `<p>look ${looks}</p>`;
    }, 0);
  });
  afterAll(() => served.close());

  function ask(options: { readonly path?: string; readonly method?: string; readonly host?: string } = {}) {
    const { port } = new URL(served.url);
    const { path = '/', method = 'GET', host = `127.0.0.1:${port}` } = options;
    return new Promise<{ status: number; body: string; policy: string }>((resolve, reject) => {
      const asked = request({ port, host: '127.0.0.1', path, method, headers: { host } }, (response) => {
        let body = '';
        response.on('data', (data: Buffer) => {
          body += data.toString();
        });
        const policy = String(response.headers['content-security-policy']);
        response.on('end', () => resolve({ status: response.statusCode ?? 0, body, policy }));
      });
      asked.once('error', reject);
      asked.end();
    });
  }

  it('is made anew for each request, a failure among them is told and over, and nothing may run in it', async () => {
    expect(await ask()).toMatchObject({
      status: 200,
      body: '<p>look 1</p>',
      policy: expect.stringMatching(/^default-src 'none'/),
    });
    expect(await ask()).toMatchObject({ status: 500, body: expect.stringContaining('AWS is not there') });
    expect(await ask({ host: 'localhost' })).toMatchObject({ status: 200, body: '<p>look 3</p>' });
  });

  it.each([
    [421, { host: 'evil.example' }],
    [421, { host: '127.0.0.1.evil.example:4280' }],
    [404, { path: '/other' }],
    [405, { method: 'POST' }],
  ])('answers %i to %j without looking', async (status, how) => {
    const before = looks;
    expect((await ask(how)).status).toBe(status);
    expect(looks).toBe(before);
  });

  it('says that a port is taken', async () => {
    const { opened } = await shop();
    const { port } = new URL(served.url);
    const { code, errors } = await typed(`dashboard --port ${port}`, { opened, now: NOW });
    expect(code).toBe(2);
    expect(errors).toMatch(/port \d+ is taken; write another one, such as --port \d+\./);
  });
});
