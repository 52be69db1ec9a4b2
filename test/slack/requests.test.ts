import type { Instant } from '@evenkeel/core/quantities';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createOffice, proposal } from './people.ts';
import { START } from './world.ts';

describe('the acknowledgement', () => {
  it('comes within three seconds though each call to Slack takes one and each to the store a fifth', async () => {
    let slow = false;
    const office = createOffice({
      fate: () => {
        if (slow) office.pass(1_000);
        return 'ok';
      },
      through: (documents) => ({
        ...documents,
        write: (...args) => {
          if (slow) office.pass(200);
          return documents.write(...args);
        },
      }),
    });
    const { id } = await office.tell(proposal());
    slow = true;
    for (const ask of [
      () => office.press(id, 'reject', 'UCAROL'),
      () => office.press(id, 'approve', 'UCAROL'),
      () => office.submitReason(id, 'no', 'UCAROL'),
      () => office.command('pause --all', 'UDAVE'),
    ]) {
      const asked = office.clock.now();
      expect((await ask()).status).toBe(200);
      expect(office.clock.now() - asked).toBeLessThan(3_000);
    }
    expect(office.slack.views).toHaveLength(1);
  });
});

describe('a dialog that Slack does not open in time', () => {
  afterEach(() => vi.restoreAllMocks());

  it('holds the acknowledgement up by two seconds at most, and the rejection counts without a reason', async () => {
    const office = createOffice({ fate: (method) => (method === 'views.open' ? 'silent' : 'ok') });
    const { id } = await office.tell(proposal());
    vi.spyOn(AbortSignal, 'timeout').mockImplementation((milliseconds) => {
      office.pass(milliseconds);
      return AbortSignal.abort(new DOMException('the time is over', 'TimeoutError'));
    });
    const asked = office.clock.now();
    expect(await office.press(id, 'reject', 'UCAROL')).toEqual({ status: 200, body: '' });
    expect(office.clock.now() - asked).toBeLessThan(3_000);
    vi.restoreAllMocks();
    await office.work();
    expect(office.performed.map(({ kind }) => kind)).toEqual(['reject']);
  });
});

describe('a request that is not genuine', () => {
  it('replayed is refused, and changes nothing', async () => {
    const office = createOffice();
    const request = office.slack.signed(
      new URLSearchParams({ command: '/evenkeel', text: 'pause shop', user_id: 'UCAROL' }).toString(),
    );
    expect((await office.send(request)).status).toBe(200);
    expect(await office.send(request)).toEqual({ status: 401, body: '', refused: 'replayed' });
    await office.work();
    expect(office.performed).toHaveLength(1);
  });

  it('old, forged or unsigned is refused before it is read', async () => {
    const office = createOffice();
    const body = new URLSearchParams({
      command: '/evenkeel',
      text: 'pause shop',
      user_id: 'UCAROL',
    }).toString();
    const old = office.slack.signed(body, (START - 6 * 60_000) as Instant);
    const forged = { ...office.slack.signed(body), body: `${body}&x=1` };
    expect((await office.send(old)).refused).toBe('stale');
    expect((await office.send(forged)).refused).toBe('forged');
    expect((await office.send({ body, headers: {} })).refused).toBe('unsigned');
    expect(office.queue).toEqual([]);
  });
});
