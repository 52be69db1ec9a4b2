import { describe, expect, it } from 'vitest';
import type { Minute } from '../quantities.ts';
import { anomalyOf, learnUsual } from './anomaly.ts';
import { isFalling, judgeDemand } from './footing.ts';

const NOW = 100_000 as Minute;
/** An hour of demand whose last value belongs to minute NOW - 2. */
function judge(
  values: readonly number[],
  options: { inService?: number; period?: 1 | 5; now?: number } = {},
) {
  const start = (NOW - 1 - values.length) as Minute;
  const inService = new Float64Array(values.length).fill(options.inService ?? 10);
  const now = (options.now ?? NOW) as Minute;
  return judgeDemand({ start, values: Float64Array.from(values) }, inService, now, options.period ?? 1);
}
const hour = (value: number) => Array<number>(60).fill(value);
const excuseOf = (footing: ReturnType<typeof judge>) =>
  footing.kind === 'untrusted' ? footing.excuse : undefined;

describe('S6: demand that may be acted on', () => {
  it('is sound when its newest datapoint is fresh', () => {
    expect(judge(hour(4))).toMatchObject({ kind: 'sound', demandNow: 4 });
    expect(judge([...hour(4), Number.NaN, Number.NaN])).toMatchObject({ kind: 'sound', demandNow: 4 });
  });

  it.each([
    ['no datapoint at all', hour(Number.NaN), {}, 'missing-metrics'],
    ['nothing read', [], {}, 'missing-metrics'],
    ['old datapoints', hour(4), { now: NOW + 10 }, 'stale-metrics'],
    ['older ones of five minutes', hour(4), { now: NOW + 20, period: 5 as const }, 'stale-metrics'],
    ['a negative value', [...hour(4), -1], {}, 'implausible-demand'],
    ['an infinite value', [...hour(4), Number.POSITIVE_INFINITY], {}, 'implausible-demand'],
    ['more than the instances can do', [...hour(4), 12], {}, 'implausible-demand'],
    ['a fall from busy to nothing', [...hour(4), 0, 0], {}, 'implausible-demand'],
  ])('%s is not: %#', (_, values, options, code) => {
    expect(excuseOf(judge(values, options))?.code).toBe(code);
  });

  it('counts 5-minute datapoints as stale later than 1-minute ones', () => {
    expect(judge(hour(4), { now: NOW + 10, period: 5 }).kind).toBe('sound');
  });

  it('takes an idle group that was idle before', () => {
    expect(judge(hour(0)).kind).toBe('sound');
  });

  it('hands implausible values on as missing ones', () => {
    const { demand } = judge([...hour(4), -3, 5, Number.NaN, 99]);
    expect(Array.from(demand.values.subarray(-4))).toEqual([Number.NaN, 5, Number.NaN, Number.NaN]);
  });
});

describe('S6: an anomaly', () => {
  it.each([
    [{}, {}, undefined],
    [{ errorShare: 0.01 }, {}, undefined],
    [{ errorShare: 0.2 }, { errorShare: 0.01 }, 'errors'],
    [{ errorShare: 0.03 }, { errorShare: 0.02 }, undefined],
    [{ errorShare: 0.2 }, {}, 'errors'],
    [{ unhealthyHosts: 2 }, { unhealthyHosts: 0 }, 'unhealthy hosts'],
    [{ unhealthyHosts: 0 }, { unhealthyHosts: 0 }, undefined],
    [{ latencySeconds: 3 }, { latencySeconds: 0.2 }, 'latency'],
    [{ latencySeconds: 0.3 }, { latencySeconds: 0.2 }, undefined],
    [{ latencySeconds: 3 }, {}, undefined],
  ])('signals %j against usual %j: %s', (signals, usual, bottleneck) => {
    expect(anomalyOf(signals, usual)?.bottleneck).toBe(bottleneck);
  });

  it('learns what is usual slowly, and forgets signals the group has no more', () => {
    expect(learnUsual({ errorShare: 0.1, latencySeconds: 1 }, { latencySeconds: 2 })).toEqual({
      latencySeconds: 1.1,
    });
    expect(learnUsual({}, { errorShare: 0.3 })).toEqual({ errorShare: 0.3 });
  });
});

describe('falling demand', () => {
  it.each([
    ['level', hour(10), false],
    ['rising', hour(0).map((_, i) => 5 + i / 10), false],
    ['a little lower', [...hour(10), ...Array<number>(10).fill(9)], false],
    ['fallen within the hour', [...hour(10), ...Array<number>(10).fill(6)], true],
    ['fallen long ago', [...hour(10), ...hour(6)], false],
    ['gaps', [...hour(10), Number.NaN, Number.NaN, ...Array<number>(10).fill(6)], true],
    ['nothing', [], false],
  ])('%s: %#', (_, values, falling) => {
    expect(isFalling({ start: NOW, values: Float64Array.from(values) })).toBe(falling);
  });
});
