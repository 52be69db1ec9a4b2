import type { BeforeAfter, Expectation } from '@evenkeel/core/explain';
import { nameStrategy, type Strategy } from '@evenkeel/core/forecast';
import { DAYS_PER_MONTH } from '@evenkeel/core/quantities';
import { playOthers, type Standing, standings, type Tournament } from '@evenkeel/core/replay';
import { isPriced, type PricedEntry, usdPerInstanceHour } from '@evenkeel/core/shape';
import type { Run } from '../run/run.ts';

/** What the group's own history says of a change of strategy. */
export interface Replayed {
  /** Tonight's, whose days and forecasts both strategies are played on. */
  readonly tournament: Tournament;
  readonly lossFactor: number;
}

/** Says what changing from one strategy to another would do; undefined where the history does not say. */
export type Expect = (before: Strategy, after: Strategy) => Promise<Expectation | undefined>;

/**
 * Plays both strategies over the history, day by day as the tournament does, and gives instance-hours and missing capacity a day; money a
 * month only where the catalogue has a price of the present type.
 */
export function expectBy(run: Run, { tournament, lossFactor }: Replayed): Expect {
  return async (before, after) => {
    const both = nameStrategy(before) === nameStrategy(after) ? [before] : [before, after];
    const table = standings(playOthers(tournament, both), lossFactor);
    const of = (strategy: Strategy) => table.find(({ name }) => name === nameStrategy(strategy));
    const [old, fresh] = [of(before), of(after)];
    return old && fresh && figures(run, old, fresh);
  };
}

async function figures(run: Run, old: Standing, fresh: Standing): Promise<Expectation> {
  const both = (part: (standing: Standing) => number): BeforeAfter => ({
    before: Number(part(old).toFixed(2)),
    after: Number(part(fresh).toFixed(2)),
  });
  const instanceHoursPerDay = both(({ billed }) => billed / 60);
  const missingPerDay = both(({ shortage }) => shortage);
  const entry = await presentEntry(run);
  if (entry === undefined) return { instanceHoursPerDay, missingPerDay };
  const { prices } = run.settings;
  const { family } = entry.type;
  const purchase = { spotShare: run.group.shape.spotShare, lossFactor: 0, startup: 0 };
  const usd = usdPerInstanceHour(entry, purchase) * DAYS_PER_MONTH;
  const gross = both(({ billed }) => (billed / 60) * usd);
  // S23: what a commitment pays for is paid for whether it runs or not.
  const committed = Math.min(1, Math.max(0, prices.committed[family] ?? 0));
  const still = Math.max(0, gross.before - gross.after) * committed;
  return {
    dollarsPerMonth: { before: gross.before, after: Number((gross.after + still).toFixed(2)) },
    priceBasis: prices.stated.includes(family) ? 'stated' : 'list',
    instanceHoursPerDay,
    missingPerDay,
  };
}

/** A price that cannot be read costs the figure in dollars and nothing else. */
async function presentEntry({ ports, group }: Run): Promise<PricedEntry | undefined> {
  const [name] = group.shape.instanceTypes;
  try {
    const entries = await ports.catalogue?.inRegion(group.ref.region);
    const entry = entries?.find(({ type }) => type.name === name);
    return entry && isPriced(entry) ? entry : undefined;
  } catch {
    return undefined;
  }
}
