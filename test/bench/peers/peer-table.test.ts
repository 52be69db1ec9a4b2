import { describe, expect, it } from 'vitest';
import { peerTable, withKnownPeers } from './peer-table.ts';
import type { PeerRow } from './score-run.ts';

/** A row at start-up 3 and l = 10. */
function row(policy: string, trace: string, cost: number, setting: Partial<PeerRow> = {}): PeerRow {
  return {
    trace,
    startup: 3,
    lossFactor: 10,
    policy,
    target: 0.5,
    quantile: 0.9,
    riskAdjustedCost: cost,
    billedRatio: 1,
    hotPercent: 0,
    unservedPercent: 0,
    launchesPerDay: 0,
    ...setting,
  };
}

const OWN = ['evenkeel', 'best-classic-in-hindsight', 'tt-50'].flatMap((policy) => [
  row(policy, 'a', 2),
  row(policy, 'b', 8),
]);

describe('the table of peers', () => {
  const peers = [
    row('dear', 'a', 5),
    row('dear', 'b', 5),
    row('cheap', 'a', 2),
    row('cheap', 'b', 8),
    row('cheap', 'a', 3, { target: 0.7 }),
    row('cheap', 'b', 3, { target: 0.7 }),
    row('cheap', 'a', 1, { target: 0.7, quantile: 0.99 }),
  ];
  const lines = peerTable(OWN, peers);

  it('begins with Evenkeel and best classic, the cheapest peer next', () => {
    expect(lines.map(({ policy, setting }) => `${policy}, ${setting}`)).toEqual([
      'evenkeel, as it is',
      'best-classic-in-hindsight, as it is',
      'cheap, as set up',
      'cheap, hindsight',
      'dear, as set up',
      'dear, hindsight',
    ]);
    expect(lines[0]?.cases[0]?.mean).toBeCloseTo(4, 12);
  });

  it('sets a peer up with the quantile of the loss factor and the one target that is best over all traces', () => {
    expect(lines[2]?.targets).toEqual([0.7]);
    expect(lines[2]?.cases[0]?.mean).toBeCloseTo(3, 12);
  });

  it('picks the best of all settings for each trace in hindsight', () => {
    expect(lines[3]?.cases[0]?.byTrace).toEqual({ a: 1, b: 3 });
  });

  it('takes over the peers of an earlier table that it does not have, and none that it has', () => {
    const now = peerTable(OWN, [row('cheap', 'a', 9), row('cheap', 'b', 9)]);
    const merged = withKnownPeers(now, lines);
    expect(merged.map(({ policy }) => policy)).toEqual(
      [...lines.slice(0, 2), ...lines.slice(4), ...lines.slice(2, 4)].map(({ policy }) => policy),
    );
    expect(merged.at(-1)?.cases[0]?.mean).toBeCloseTo(9, 12);
    expect(merged[2]).toBe(lines[4]);
  });
});
