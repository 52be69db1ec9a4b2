import type { Minute } from '@evenkeel/core/quantities';
import { describe, expect, it } from 'vitest';
import { usageQueries, usageReadingFrom } from './usage-reading.ts';

const FROM = 29_000_000 as Minute;
const REF = { account: '1', region: 'eu-west-1', name: 'web' };

/** Points by the name of the metric and statistic; the rest was never reported. */
function read(reported: Readonly<Record<string, readonly number[]>>) {
  const points = usageQueries(REF, 5).map(({ metric, statistic }) => {
    const values = reported[`${metric} ${statistic}`] ?? [];
    return { minutes: values.map((_, index) => (FROM + index * 5) as Minute), values };
  });
  return usageReadingFrom({ from: FROM, to: (FROM + 15) as Minute, period: 5, points });
}

describe('usageReadingFrom', () => {
  it('asks for ten series of the group, each once', () => {
    const queries = usageQueries(REF, 5);
    expect(new Set(queries.map((query) => JSON.stringify(query))).size).toBe(10);
    expect(queries.every((query) => query.dimensions.AutoScalingGroupName === 'web')).toBe(true);
  });

  it('leaves out what the group never reported', () => {
    expect(read({})).toEqual({ start: FROM, period: 5 });
  });

  it('gives network as Gbit/s of the larger direction', () => {
    const { networkGbps } = read({ 'NetworkIn Sum': [37.5e9, 1e9], 'NetworkOut Sum': [3e9, 75e9] });
    expect([...(networkGbps ?? [])]).toEqual([1, 2, Number.NaN]);
  });

  it('gives EBS both ways in Mbit/s and operations a second', () => {
    const usage = read({
      'EBSReadBytes Sum': [37.5e6],
      'EBSWriteBytes Sum': [37.5e6],
      'EBSReadOps Sum': [300],
      'EBSWriteOps Sum': [600],
    });
    expect([usage.ebsMbps?.[0], usage.ebsIops?.[0]]).toEqual([2, 3]);
  });

  it('gives memory and credits as they are, with gaps as NaN', () => {
    const usage = read({
      'mem_used_percent Average': [40, 50, 60],
      'mem_used_percent Maximum': [70],
      'CPUCreditBalance Minimum': [0],
      'CPUSurplusCreditsCharged Sum': [3.5],
    });
    expect([...(usage.memoryPercent ?? [])]).toEqual([40, 50, 60]);
    expect([...(usage.memoryPercentMax ?? [])]).toEqual([70, Number.NaN, Number.NaN]);
    expect(usage.creditBalanceMin?.[0]).toBe(0);
    expect(usage.surplusCreditsCharged?.[0]).toBe(3.5);
  });
});
