import { dollars, number } from '@evenkeel/core/explain';
import type { GroupScan, ScanFigures } from '@evenkeel/engine/scan';
import { change } from '../render/change.ts';
import { moneyColumns } from '../render/money-columns.ts';
import type { Paint } from '../render/paint.ts';
import { table } from '../render/table.ts';
import { money, savedPerMonth } from './scan-words.ts';

const COLUMNS = moneyColumns('group');

/** What the other columns take at the most. */
const OTHERS = 66;
const SHORTEST_NAME = 14;

/** The replayed groups, before → after, with their sum; ends with a newline. */
export function scanTable(
  scans: readonly GroupScan[],
  { paint, columns }: { readonly paint: Paint; readonly columns: number },
): string {
  const room = Math.max(SHORTEST_NAME, columns - OTHERS);
  const rows = scans.flatMap((scan) => (scan.backtest === undefined ? [] : [rowOf(scan, room, paint)]));
  return table(COLUMNS, rows.length > 1 ? [...rows, total(scans, paint)] : rows);
}

function rowOf(
  { ref, tier, tierAssumed, backtest }: GroupScan,
  room: number,
  paint: Paint,
): readonly string[] {
  const { owner, evenkeel } = backtest!;
  const arrow = (show: (figures: ScanFigures) => string): string => `${show(owner)} → ${show(evenkeel)}`;
  const risk = arrow((figures) => figures.riskAdjustedCost.toFixed(2));
  return [
    shortened(ref.name, room),
    `${tier}${tierAssumed ? '?' : ''}`,
    owner.dollarsPerMonth === undefined
      ? `${arrow((figures) => number(figures.instanceHoursPerDay, 0))} h/d`
      : arrow((figures) => number(figures.dollarsPerMonth ?? 0, 0)),
    painted(money(owner), money(evenkeel), paint),
    arrow((figures) => number(figures.hotMinutesPerDay, 0)),
    arrow((figures) => number(figures.launchesPerDay, 0)),
    evenkeel.riskAdjustedCost < owner.riskAdjustedCost ? paint('good', risk) : risk,
  ];
}

function painted(before: number, after: number, paint: Paint): string {
  const words = change(before, after);
  if (words === 'the same') return 'same';
  return paint(after < before ? 'good' : 'careful', words);
}

/** Names of groups are long, and tell themselves apart at both ends. */
function shortened(name: string, room: number): string {
  if (name.length <= room) return name;
  const end = Math.floor((room - 1) / 2);
  return `${name.slice(0, room - 1 - end)}…${name.slice(-end)}`;
}

function total(scans: readonly GroupScan[], paint: Paint): readonly string[] {
  const { before, after } = totals(scans);
  const arrow = `${number(before, 0)} → ${number(after, 0)}`;
  return ['all of them', '', arrow, painted(before, after, paint), '', '', ''].map((cell) =>
    paint('strong', cell),
  );
}

/** Dollars a month of all groups whose price is known. */
export function totals(scans: readonly GroupScan[]): { readonly before: number; readonly after: number } {
  const sum = (side: 'owner' | 'evenkeel') =>
    scans.reduce((all, { backtest }) => all + (backtest?.[side].dollarsPerMonth ?? 0), 0);
  return { before: sum('owner'), after: sum('evenkeel') };
}

/** `$1,240 a month less`, over all groups whose price is known; undefined where none is. */
export function savedInAll(scans: readonly GroupScan[]): string | undefined {
  const known = scans.map(savedPerMonth).filter((saved) => saved !== undefined);
  if (known.length === 0) return undefined;
  const saved = known.reduce((all, each) => all + each, 0);
  return `${dollars(Math.abs(saved))} a month ${saved >= 0 ? 'less' : 'more'}`;
}
