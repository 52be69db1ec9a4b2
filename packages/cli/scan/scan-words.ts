import { excuseSentence, number, percent, utc } from '@evenkeel/core/explain';
import type { Backtest, GroupScan, ScanFigures } from '@evenkeel/engine/scan';

/** What a scan would have saved a month, in dollars; undefined where nothing was replayed or no price is known. */
export function savedPerMonth({ backtest }: GroupScan): number | undefined {
  const before = backtest?.owner.dollarsPerMonth;
  const after = backtest?.evenkeel.dollarsPerMonth;
  return before === undefined || after === undefined ? undefined : before - after;
}

/** The most saved first; then what could not be replayed, by name. */
export function byWorth(scans: readonly GroupScan[]): readonly GroupScan[] {
  const worth = (scan: GroupScan) =>
    savedPerMonth(scan) ?? (scan.backtest === undefined ? Number.NEGATIVE_INFINITY : 0);
  return scans.toSorted((a, b) => worth(b) - worth(a) || (a.ref.name < b.ref.name ? -1 : 1));
}

/** How far the replay can be believed, as half a sentence. */
export function trustIn({ gate }: Backtest): string {
  switch (gate.kind) {
    case 'matches':
      return `the replay is off by ${percent(Math.abs(gate.error), 1)}`;
    case 'does-not-match':
      return `unverified: the replay is off by ${percent(Math.abs(gate.error), 1)}`;
    case 'not-measured':
      return 'unverified: no day to compare the replay with';
  }
}

/** `2026-05-11 to 2026-05-24`: the scored days, both included. */
export function scoredDays({ from, until }: Backtest): string {
  const day = (at: number) => utc(at as typeof from).slice(0, 10);
  return `${day(from)} to ${day(until - 1)}`;
}

/** What Evenkeel would have done, in a sentence. */
export function whatItDid(backtest: Backtest): string {
  const { nights, ownTarget, from } = backtest;
  const scored = nights.filter(
    ({ from: at }, index) => at >= from || nights[index + 1] === undefined || nights[index + 1]!.from > from,
  );
  const own = `tt-${number(ownTarget, 0)}`;
  const last = scored.at(-1);
  if (last === undefined || scored.every(({ strategy }) => strategy === own)) {
    return `It would have left everything as it is: nothing beats ${own} on these days.`;
  }
  const changes =
    scored.length === 1 ? 'all the time' : `in the end, after ${scored.length - 1} changes of strategy`;
  return `It would have run ${last.strategy} ${changes}, where the owner has ${own}.`;
}

/** The excuses of a scan as sentences. */
export function notes({ excuses }: GroupScan): readonly string[] {
  return excuses.map(excuseSentence);
}

/** What was measured of a group that could not be replayed, in a sentence; empty where nothing was. */
export function measuredWords({ measured, size }: GroupScan): string {
  if (measured === undefined) return '';
  const { days, meanInService, meanUtilisation, highestNeed, idleShare } = measured;
  return (
    `In ${number(days)} days it had ${number(meanInService)} instances on average (${size.min} to ${size.max}), ${percent(meanUtilisation)} busy; ` +
    `demand needed ${number(highestNeed)} at the most, and ${percent(idleShare)} of all instance-hours were beyond what it needed.`
  );
}

/** A group's money a month, or its instance-hours a day where no price is known. */
export function money(figures: ScanFigures): number {
  return figures.dollarsPerMonth ?? figures.instanceHoursPerDay;
}
