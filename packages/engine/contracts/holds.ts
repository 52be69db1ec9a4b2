import type { Hold, HoldScope } from '@evenkeel/core/guard';
import type { Minute } from '@evenkeel/core/quantities';
import { describe, expect } from 'vitest';
import type { Holds } from '../ports/index.ts';
import { type Harness, type KnownGaps, runCases } from './harness.ts';

export interface HoldsHarness extends Harness {
  readonly port: Holds;
}

const TITLES = {
  none: 'has no hold before one is placed',
  scopes: 'gives the holds on everything, on the workload and on the group, the widest first, and no others',
  expiry: 'gives a hold up to but not including the minute it ends',
  replace: 'replaces a hold of the same scope and kind',
  lift: 'lifts one kind of one scope, and lifting one that is not there is no error',
} as const;
export type HoldsCase = keyof typeof TITLES;

/** Every promise of the Holds port. */
export function holdsContract(
  name: string,
  makeHarness: () => Promise<HoldsHarness>,
  gaps: KnownGaps<HoldsCase> = {},
): void {
  describe(`holds: ${name}`, () => {
    runCases({ titles: TITLES, cases: CASES, makeHarness, gaps });
  });
}

const EVERYTHING: HoldScope = { kind: 'everything' };
const SHOP: HoldScope = { kind: 'workload', workload: 'shop' };
const WEB: HoldScope = { kind: 'group', group: '1/eu-west-1/web' };

const CASES: Record<HoldsCase, (h: HoldsHarness) => Promise<void>> = {
  none: async (h) => {
    expect(await inForce(h)).toEqual([]);
  },
  scopes: async (h) => {
    const holds = [hold(h, WEB), hold(h, EVERYTHING), hold(h, SHOP)];
    for (const each of holds) await h.port.place(each);
    await h.port.place(hold(h, { kind: 'workload', workload: 'other' }));
    await h.port.place(hold(h, { kind: 'group', group: '1/eu-west-1/other' }));
    expect(await inForce(h)).toEqual([hold(h, EVERYTHING), hold(h, SHOP), hold(h, WEB)]);
    expect(await h.port.inForce({ workload: 'shop', at: h.now() })).toEqual([
      hold(h, EVERYTHING),
      hold(h, SHOP),
    ]);
  },
  expiry: async (h) => {
    await h.port.place({ ...hold(h, WEB), until: (h.now() + 5) as Minute });
    expect(await inForce(h, 4)).toHaveLength(1);
    expect(await inForce(h, 5)).toHaveLength(0);
  },
  replace: async (h) => {
    await h.port.place(hold(h, SHOP));
    await h.port.place({ ...hold(h, SHOP), by: 'bob', note: 'still' });
    expect(await inForce(h)).toEqual([{ ...hold(h, SHOP), by: 'bob', note: 'still' }]);
  },
  lift: async (h) => {
    await h.port.place(hold(h, SHOP));
    await h.port.place({ ...hold(h, SHOP), kind: 'human-override' });
    await h.port.lift(SHOP, 'paused');
    await h.port.lift(WEB, 'paused');
    expect((await inForce(h)).map((each) => each.kind)).toEqual(['human-override']);
  },
};

function hold(h: HoldsHarness, scope: HoldScope): Hold {
  return { kind: 'paused', scope, since: (h.now() - 1) as Minute, by: 'alice' };
}

function inForce(h: HoldsHarness, minutes = 0): Promise<readonly Hold[]> {
  return h.port.inForce({ workload: 'shop', group: '1/eu-west-1/web', at: (h.now() + minutes) as Minute });
}
