import type { Minute } from '@evenkeel/core/quantities';
import { describe, expect } from 'vitest';
import type { Approvals } from '../ports/index.ts';
import { type Harness, type KnownGaps, runCases } from './harness.ts';

export interface ApprovalsHarness extends Harness {
  readonly port: Approvals;
}

const TITLES = {
  none: 'knows nothing of what was never asked, and an answer to it is unknown',
  once: 'asking again changes nothing but where to call back',
  first: 'takes the first answer in time, and no other after it',
  race: 'of two answers at the same time one wins',
  late: 'takes no answer once its time is over',
  expire: 'closes what nobody answered, not before its time, and never over an answer',
  back: 'remembers who wants a rollout back first',
} as const;
export type ApprovalsCase = keyof typeof TITLES;

/** Every promise of the Approvals port. */
export function approvalsContract(
  name: string,
  makeHarness: () => Promise<ApprovalsHarness>,
  gaps: KnownGaps<ApprovalsCase> = {},
): void {
  describe(`approvals: ${name}`, () => {
    runCases({ titles: TITLES, cases: CASES, makeHarness, gaps });
  });
}

const later = (h: ApprovalsHarness, minutes: number) => (h.now() + minutes) as Minute;
const ask = (h: ApprovalsHarness, callback?: string) =>
  h.port.ask({ id: 'p', askedAt: h.now(), expires: later(h, 60), ...(callback && { callback }) });
const say = (h: ApprovalsHarness, answer: 'approved' | 'rejected', by: string, minutes = 1) =>
  h.port.answer('p', { answer, by, at: later(h, minutes) });

const CASES: Record<ApprovalsCase, (h: ApprovalsHarness) => Promise<void>> = {
  none: async (h) => {
    expect(await h.port.read('p')).toBeUndefined();
    expect(await say(h, 'approved', 'a')).toBe('unknown');
    expect(await h.port.expire('p', h.now())).toBeUndefined();
    expect(await h.port.wantBack('p', 'a')).toBe(false);
  },
  once: async (h) => {
    await ask(h, 'one');
    await say(h, 'approved', 'a');
    expect(await ask(h, 'two')).toMatchObject({ state: 'approved', callback: 'two' });
  },
  first: async (h) => {
    await ask(h);
    expect(await say(h, 'rejected', 'a')).toBe('taken');
    expect(await say(h, 'approved', 'b')).toBe('already-answered');
    expect(await h.port.read('p')).toMatchObject({ state: 'rejected', by: 'a' });
  },
  race: async (h) => {
    await ask(h);
    const both = await Promise.all([say(h, 'approved', 'a'), say(h, 'rejected', 'b')]);
    expect(both.toSorted()).toEqual(['already-answered', 'taken']);
  },
  late: async (h) => {
    await ask(h);
    expect(await say(h, 'approved', 'a', 60)).toBe('expired');
    expect((await h.port.read('p'))?.state).toBe('open');
  },
  expire: async (h) => {
    await ask(h);
    expect((await h.port.expire('p', later(h, 59)))?.state).toBe('open');
    expect((await h.port.expire('p', later(h, 60)))?.state).toBe('expired');
    expect(await say(h, 'approved', 'a', 1)).toBe('expired');
  },
  back: async (h) => {
    await ask(h);
    expect(await h.port.wantBack('p', 'a')).toBe(true);
    await h.port.wantBack('p', 'b');
    expect((await h.port.read('p'))?.rollBackBy).toBe('a');
  },
};
