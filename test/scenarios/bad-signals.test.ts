import { MINUTES_PER_DAY, type Minute, minute, TICK_MINUTES } from '@evenkeel/core/quantities';
import type { GroupRef } from '@evenkeel/engine/ports';
import { createRegion, live, type Region } from '@evenkeel/twin';
import { beforeAll, describe, expect, it } from 'vitest';
import { loops } from './support/loops.ts';
import { autoGroup, day, office, START } from './support/workloads.ts';

const HISTORY_DAYS = 5;
/** In the afternoon demand falls for hours. */
const BEGIN = minute(day(HISTORY_DAYS) + 16 * 60);
const SPAN = { from: BEGIN, to: minute(BEGIN + 90) };
/** The newest datapoint may be this old before a tick calls it stale, and the tick after comes up to this late. */
const UNTIL_STALE = 15;
/** A strategy may remember the last hours: floors fall again when what came before the silence has left its memory. */
const FALLS_WITHIN = 240;

/** Three groups of the same critical workload: one all well, one without metrics for a while, one that fails for a while. */
async function livedRegion(): Promise<Region> {
  const incident = { ...SPAN, demandShare: 0.4, errorShare: 0.3, unhealthyHosts: 2 };
  const common = { demand: office('checkout'), startup: 10 };
  const groups = [
    autoGroup('well', 0, common),
    autoGroup('silent', 0, { ...common, silences: [SPAN] }),
    autoGroup('failing', 0, { ...common, incidents: [incident] }),
  ];
  const region = createRegion({ start: START, end: day(HISTORY_DAYS + 1), groups });
  region.advance(HISTORY_DAYS * MINUTES_PER_DAY + TICK_MINUTES);
  await live(region, { ...loops({ pacing: false }), until: minute(SPAN.to + FALLS_WITHIN) });
  return region;
}

describe('S6: signals that cannot be trusted', () => {
  let region: Region;
  beforeAll(async () => {
    region = await livedRegion();
  }, 120_000);

  const refOf = (name: string): GroupRef => region.refs().find((ref) => ref.name === name)!;
  const floors = (name: string, from: number, to: number) =>
    [...region.history(refOf(name)).minSize].slice(from - START, to - START);
  const falls = (sizes: readonly number[]) => sizes.some((size, i) => i > 0 && size < sizes[i - 1]!);
  const excuses = (name: string, from: Minute) =>
    region.ports.ledger
      .all()
      .filter((entry) => entry.group === name && entry.at >= from)
      .flatMap((entry) => entry.excuses.map((excuse) => excuse.code));

  it('would let the floor fall in this hour if all were well', () => {
    expect(falls(floors('well', SPAN.from, SPAN.to))).toBe(true);
  });

  it('lowers nothing while metrics are missing, and says so', () => {
    expect(falls(floors('silent', SPAN.from + UNTIL_STALE, SPAN.to))).toBe(false);
    expect(excuses('silent', SPAN.from)).toContain('stale-metrics');
    expect(falls(floors('silent', SPAN.to, SPAN.to + FALLS_WITHIN))).toBe(true);
  });

  it('lowers nothing while demand falls and errors rise, and says so', () => {
    expect(falls(floors('failing', SPAN.from + TICK_MINUTES, SPAN.to))).toBe(false);
    expect(excuses('failing', SPAN.from)).toContain('anomaly');
  });
});
