import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Minute } from '../quantities.ts';
import { approvalLapsed } from './approval-holds.ts';
import { mayBegin } from './brake.ts';
import { chooseCheckpoint } from './checkpoint.ts';
import { convertInstances, convertMinimum, exceedsMaxSize, floorsChange, unconvertible } from './convert.ts';
import { mayStand } from './growing-canary.ts';
import { guardsFor } from './guards.ts';
import { judgeMoney } from './money.ts';
import { judgePreflight, type PreflightFacts } from './preflight.ts';
import { capacityRatio, type RolloutPlan, savingsShare, stillPays } from './rollout-plan.ts';
import { isEqualShare, judgeShare } from './uneven-share.ts';

const NOW = 29_000_000 as Minute;
const PLAN: RolloutPlan = {
  id: 'p',
  workload: 'shop',
  tier: 1,
  from: { types: ['m6i.large'], count: 20 },
  to: { types: ['m7g.large'], architecture: 'arm64', count: 17 },
  vcpus: { old: 2, fresh: 2 },
  usdPerInstanceHour: { old: 0.096, fresh: 0.0816 },
  promisedFactor: 1.2,
  expected: {},
  basis: { at: NOW, size: 20, demand: 10, template: 'lt-1:7' },
};
const BASIS = { ...PLAN.basis, usdPerInstanceHour: PLAN.usdPerInstanceHour };
const FACTS: PreflightFacts = {
  templateVersion: 'number',
  instanceRequirements: false,
  zones: ['a', 'b'],
  offered: { 'm7g.large': ['a', 'b', 'c'] },
  vcpuQuota: { used: 100, allowed: 200 },
  freeAddresses: 50,
  imageArchitecture: 'arm64',
};
const preflight = (facts: Partial<PreflightFacts>, more = {}) =>
  judgePreflight({ plan: PLAN, facts: { ...FACTS, ...facts }, now: NOW, size: 20, ...more }).map(
    ({ code }) => code,
  );

describe('S18: an approval', () => {
  it.each([
    ['nothing moved', {}, undefined],
    ['size by a tenth', { size: 22 }, undefined],
    ['size by more', { size: 23 }, 'size'],
    ['demand fell', { demand: 8.9 }, 'demand'],
    ['demand is not known', { demand: undefined }, 'demand'],
    ['another day of the week', { size: 30, demand: 15, before: { size: 29, demand: 14.5 } }, undefined],
    ['more than on that day, too', { size: 30, demand: 15, before: { size: 29, demand: 13 } }, 'demand'],
    ['the size of that day unknown', { size: 30, demand: 15, before: { demand: 15 } }, 'size'],
    ['another template', { template: 'lt-1:8' }, 'launch template'],
    ['a dearer new type', { usdPerInstanceHour: { old: 0.096, fresh: 0.095 } }, 'price of the new type'],
  ])('with %s: %s', (_, moved, bottleneck) => {
    const now = { ...BASIS, ...moved };
    const { demand, ...rest } = now;
    const lapse = approvalLapsed(BASIS, { ...rest, ...(demand !== undefined && { demand }) });
    expect(lapse?.bottleneck).toBe(bottleneck);
  });

  it.each(['latest', 'default', 'none'] as const)(
    'cannot move a group with template version %s',
    (templateVersion) => {
      expect(preflight({ templateVersion })).toEqual(['not-reversible']);
    },
  );
});

describe('preflight', () => {
  it('passes where nothing stands in the way', () => {
    expect(preflight({})).toEqual([]);
  });

  it.each([
    [{ refresh: 'r' }, 'refresh-under-way'],
    [{ deployment: 'stack web' }, 'refresh-under-way'],
    [{ hold: 'paused by alice' }, 'hold-in-force'],
    [{ instanceRequirements: true }, 'not-reversible'],
    [{ imageParameter: 'resolve:ssm:/web/ami' }, 'not-reversible'],
    [{ zones: ['a', 'z'] }, 'zone-without-type'],
    [{ offered: {} }, 'zone-without-type'],
    [{ vcpuQuota: { used: 161, allowed: 200 } }, 'vcpu-quota'],
    [{ freeAddresses: 19 }, 'no-free-addresses'],
    [{ imageArchitecture: 'x86_64' as const }, 'image-architecture'],
    [{ dryRunRefused: 'no' }, 'dry-run-refused'],
  ])('%j is excused as %s', (facts, code) => {
    expect(preflight(facts)).toEqual([code]);
  });

  it('does not know an image: not launched', () => {
    const { imageArchitecture: _, ...unknown } = FACTS;
    const excuses = judgePreflight({ plan: PLAN, facts: unknown, now: NOW, size: 20 });
    expect(excuses.map(({ code }) => code)).toEqual(['image-architecture']);
  });

  it('S22: counts the old instances of a raised floor, and those that replace them, into both fleets', () => {
    const room = { vcpuQuota: { used: 40, allowed: 160 }, freeAddresses: 60 };
    expect(preflight(room, { floor: 40 })).toEqual([]);
    expect(preflight({ ...room, vcpuQuota: { used: 41, allowed: 160 } }, { floor: 40 })).toEqual([
      'vcpu-quota',
    ]);
    expect(preflight({ ...room, freeAddresses: 59 }, { floor: 40 })).toEqual(['no-free-addresses']);
    expect(preflight({ ...room, freeAddresses: 20 }, { floor: 12 })).toEqual([]);
  });

  it('keeps window and freeze', () => {
    const window = { weekdays: [], from: 0, until: 60, timeZone: 'UTC' };
    expect(preflight({}, { window })).toEqual(['rollout-outside-window']);
    const soon = {
      weekdays: [0, 1, 2, 3, 4, 5, 6],
      from: (NOW + 90) % 1440,
      until: (NOW + 91) % 1440,
      timeZone: 'UTC',
    };
    const [excuse] = judgePreflight({ plan: PLAN, facts: FACTS, now: NOW, size: 20, window: soon });
    expect(excuse?.facts).toEqual({ wait: 90, opens: NOW + 90 });
    expect(preflight({}, { window: soon, now: NOW + 90 })).toEqual([]);
    expect(preflight({}, { freezeUntil: NOW + 1 })).toEqual(['hold-in-force']);
    expect(preflight({}, { freezeUntil: NOW })).toEqual([]);
  });
});

describe('S19: the checkpoint', () => {
  const choose = (size: number, ahead: readonly number[] = []) =>
    chooseCheckpoint({ size, ahead, stepMinutes: 5 });

  it('is 10 % of the group and one instance at the least, whatever the size', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 500 }), (size) => {
        const { percent, canary } = choose(size);
        expect(canary).toBe(Math.max(1, Math.ceil(size / 10)));
        expect(Math.floor((percent / 100) * size + 1e-9)).toBeGreaterThanOrEqual(canary);
        expect(percent).toBeGreaterThanOrEqual(Math.min(100, 10));
      }),
    );
  });

  it('stands an hour to a day: until two hours of load will have been seen', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 288 }), (ahead) => {
        const { delay } = choose(20, ahead);
        expect(delay).toBeGreaterThanOrEqual(60);
        expect(delay).toBeLessThanOrEqual(1440);
      }),
    );
    const idleUntilNoon = Array.from({ length: 288 }, (_, i) => (i < 144 ? 0.02 : 0.5));
    expect(choose(20, idleUntilNoon).delay).toBe(720 + 120 + 15);
    expect(choose(20, Array<number>(288).fill(0.5)).delay).toBe(135);
  });
});

describe('a canary that has grown', () => {
  it.each([
    [2, 20, 2, 0, false],
    [4, 22, 2, 1, false],
    [9, 27, 2, 2, false],
    [14, 27, 2, 2, true],
    [1, 1, 1, 0, false],
    [2, 3, 1, 1, true],
  ])('to %d of %d, chosen %d: %d doublings, too large: %s', (canary, group, chosen, doublings, exceeds) => {
    expect(mayStand({ canary, group }, chosen)).toEqual({ doublings, exceeds });
  });
});

describe('S20: guards', () => {
  const QUESTION = { group: 'web', targetGroups: ['tg'], size: 20, usualLatency: 0.2 };

  it('are alarms of its own on the balancer and a dead man, and nothing of target tracking', () => {
    const { guards, approvalOnly } = guardsFor(QUESTION);
    expect(guards.map(({ kind }) => kind)).toEqual(['unhealthy-hosts', 'target-5xx', 'latency', 'dead-man']);
    expect(guards.map((guard) => guard.kind !== 'named' && guard.missing)).toEqual([
      'ignore',
      'ignore',
      'ignore',
      'breaching',
    ]);
    expect(guards[0]?.name).toBe('evenkeel-guard-web-unhealthy-hosts');
    expect(approvalOnly).toBeUndefined();
    expect(() => guardsFor({ ...QUESTION, guardAlarm: 'TargetTracking-web-AlarmHigh' })).toThrow(RangeError);
  });

  it('have names that AWS takes, and no two groups the same, however long theirs are', () => {
    const named = (group: string) => guardsFor({ ...QUESTION, group }).guards.map(({ name }) => name);
    const names = [...named(`${'x'.repeat(254)}a`), ...named(`${'x'.repeat(254)}b`)];
    expect(new Set(names).size).toBe(8);
    expect(Math.max(...names.map(({ length }) => length))).toBeLessThanOrEqual(255);
  });

  it.each([
    [{ targetGroups: [] }, 'no-guard'],
    [{ targetGroups: [], guardAlarm: 'queue-age' }, undefined],
    [{ size: 3 }, 'few-instances'],
  ])('%j needs a person: %s', (fields, why) => {
    expect(guardsFor({ ...QUESTION, ...fields }).approvalOnly).toBe(why);
  });
});

describe('S21: two sizes behind one balancer', () => {
  it('get equal shares only in turn and without slow start', () => {
    expect(isEqualShare({ algorithm: 'round-robin', slowStart: false })).toBe(true);
    expect(isEqualShare({ algorithm: 'round-robin', slowStart: true })).toBe(false);
    expect(isEqualShare({ algorithm: 'other', slowStart: false })).toBe(false);
  });

  it.each([
    [{ ratio: 1 }, 'fits'],
    [{ ratio: 0.5 }, 'raise'],
    // The old one is the smaller.
    [{ ratio: 2 }, 'fits'],
    [{ ratio: 2, floor: 10 }, 'raise'],
    [{ ratio: 0.5, maxSize: 25 }, 'refused'],
  ])('%j: %s', (fields, kind) => {
    const verdict = judgeShare({
      peak: 10,
      floor: 20,
      sloUtilisation: 0.7,
      maxSize: 80,
      ...fields,
    });
    expect(verdict.kind).toBe(kind);
    if (verdict.kind === 'raise') {
      const smaller = Math.min(1, fields.ratio);
      expect(10 / verdict.floor / smaller).toBeLessThanOrEqual(0.7);
    }
  });
});

describe('S22: numbers per instance', () => {
  it('carry at least as much after the change', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 500 }),
        fc.double({ min: 0.1, max: 10, noNaN: true }),
        (count, ratio) => {
          const converted = convertInstances(count, ratio);
          expect(converted).toBeGreaterThanOrEqual(1);
          expect(converted * ratio).toBeGreaterThanOrEqual(count * 0.98 - 1e-6);
          if (ratio > 1.03) expect(converted).toBeLessThanOrEqual(count);
        },
      ),
    );
    expect(convertInstances(0, 2)).toBe(0);
    expect(convertInstances(10, 2)).toBe(5);
    expect(convertInstances(10, 0.5)).toBe(20);
  });

  it.each([
    [2, 4, 0, 2],
    [2, 4, 3, 2],
    [1, 2, 0, 1],
    [10, 4, 0, 3],
    [10, 8, 3, 3],
    [10, 0.5, 0, 20],
    [10, 1.01, 3, 10],
  ])(
    'a minimum of %d in instances of %d old ones, %d zones at risk: %d',
    (min, ratio, zonesAtRisk, expected) => {
      expect(convertMinimum(min, { ratio, zonesAtRisk })).toBe(expected);
    },
  );

  it('rise before smaller instances come and fall after larger ones are there', () => {
    expect([0.5, 1.01, 2].map(floorsChange)).toEqual(['before', 'never', 'after']);
  });

  it("that are the owner's to write refuse the shape, unless they mean the same as before", () => {
    const ownerActions = [{ name: 'nightly', start: NOW, minSize: 4 }];
    const numbers = { ownerActions, perInstancePolicies: ['requests'] };
    expect(unconvertible({ ...numbers, ratio: 2 }).map(({ bottleneck }) => bottleneck)).toEqual([
      'the scheduled action nightly',
      'the scaling policy requests',
    ]);
    expect(unconvertible({ ...numbers, ratio: 1.01 })).toEqual([]);
    const ours = [{ name: 'evenkeel-home', start: NOW, minSize: 4 }];
    expect(unconvertible({ ratio: 2, ownerActions: ours, perInstancePolicies: [] })).toEqual([]);
  });

  it('of the peak, a lost zone included, stay within 80 % of MaxSize, or the value to set is named', () => {
    const question = { peak: 20, ratio: 0.5, zones: 3, survivesZoneLoss: true, maxSize: 100 };
    expect(exceedsMaxSize({ ...question, maxSize: 75 })).toBeUndefined();
    expect(exceedsMaxSize({ ...question, maxSize: 74 })).toMatchObject({
      code: 'max-size',
      facts: { count: 60, maxSize: 74, write: 75 },
    });
    expect(exceedsMaxSize({ ...question, maxSize: 50, survivesZoneLoss: false })).toBeUndefined();
  });
});

describe('S23: money', () => {
  it('is list price, and another family needs a person, unless somebody stated the prices', () => {
    expect(judgeMoney(PLAN)).toMatchObject({ priceBasis: 'list', needsApproval: true });
    const stated = { stated: ['m6i', 'm7g'], committed: {} };
    expect(judgeMoney(PLAN, stated)).toMatchObject({ priceBasis: 'stated', needsApproval: false });
    const within = { ...PLAN, to: { ...PLAN.to, types: ['m6i.xlarge'] } };
    expect(judgeMoney(within).needsApproval).toBe(false);
  });

  it('under a commitment is paid anyway: leaving it saves nothing', () => {
    expect(judgeMoney(PLAN).savesUsdPerHour).toBeCloseTo(20 * 0.096 - 17 * 0.0816, 9);
    const committed = { stated: [], committed: { m6i: 1 } };
    expect(judgeMoney(PLAN, committed).savesUsdPerHour).toBeCloseTo(-17 * 0.0816, 9);
  });

  it('is reckoned with what was measured: a factor too low does not pay any more', () => {
    expect(savingsShare(PLAN, 1.2)).toBeCloseTo(1 - 0.0816 / 0.096 / 1.2, 9);
    expect(stillPays(PLAN, 1.2)).toBe(true);
    expect(stillPays(PLAN, 0.88)).toBe(false);
    expect(capacityRatio({ vcpus: { old: 2, fresh: 4 } }, 1.2)).toBeCloseTo(2.4, 9);
  });
});

describe('S24: the brake', () => {
  const candidate = { id: 'p', vcpus: 10 };

  it.each([
    [[], 0, undefined],
    [[{ id: 'p', vcpus: 10 }], 0, undefined],
    [[{ id: 'q', vcpus: 1 }], 9, 'rollout-under-way'],
    [[{ id: 'q', vcpus: 10 }], 10, undefined],
    [[{ id: 'q', vcpus: 11 }], 10, 'budget-exhausted'],
  ])('with %j under way and %d ended well: %s', (underWay, endedWell, code) => {
    expect(mayBegin({ underWay, endedWell }, candidate, 1000)?.code).toBe(code);
  });
});
