import type { Drift } from '@evenkeel/catalog';
import { counted } from '@evenkeel/core/explain';
import type { Paint } from '../render/paint.ts';
import { table } from '../render/table.ts';
import { wrap } from '../render/wrap.ts';
import type { CatalogueFacts } from './run-catalogue.ts';

const COLUMNS = [
  { title: 'part' },
  { title: 'as of' },
  { title: 'age', align: 'right' },
  { title: '' },
] as const;
const MOST_PRICES = 10;

/** The words of `evenkeel catalog`. */
export function catalogueReport(facts: CatalogueFacts, paint: Paint, columns: number): string {
  const { region, types, priced, failures } = facts;
  const title = `${region}: ${counted(types, 'instance type')}, ${counted(priced, 'price')}`;
  const rows = facts.parts.map(({ part, asOf, days, stale }) => [
    part,
    asOf,
    counted(days, 'day'),
    stale ? paint('careful', 'old') : '',
  ]);
  const notes = [
    sinceWhen(facts),
    ...(facts.drifts ? pricesThatMoved(facts.drifts) : []),
    ...failures.map(({ part, message }) =>
      paint('careful', `${PART_NAMES[part]} could not be read: ${message}.`),
    ),
  ];
  const lines = notes.flatMap((note) => wrap(note, columns, note.startsWith('  ') ? '    ' : ''));
  return [paint('strong', title), '', table(COLUMNS, rows), ...lines, ''].join('\n');
}

const PART_NAMES: Readonly<Record<CatalogueFacts['failures'][number]['part'], string>> = {
  types: 'Facts of instance types',
  priceList: 'List prices',
  spotPrices: 'Spot prices',
  offerings: 'What each zone offers',
};

const FIGURES: Readonly<Record<Drift['figure'], (count: number) => string>> = {
  vcpus: (count) => `${counted(count, 'number')} of vCPUs`,
  memoryGiB: (count) => `${counted(count, 'figure')} of memory`,
  price: (count) => counted(count, 'price'),
  'spot-discount': (count) => counted(count, 'Spot discount'),
  'unknown-type': (count) => counted(count, 'new type'),
  'no-longer-offered': (count) => `${counted(count, 'type')} no longer offered`,
};

function sinceWhen({ refreshedOn, drift }: CatalogueFacts): string {
  if (refreshedOn === undefined) {
    return 'These are the figures that come with this release: AWS was not read yet. evenkeel catalog --refresh does it now; evenkeel run and a deployed Evenkeel that changes instance types do it once a day.';
  }
  const found = Object.entries(drift).map(([figure, count]) => FIGURES[figure as Drift['figure']](count));
  const against = found.length === 0 ? 'nothing' : found.join(', ');
  return `AWS was read on ${refreshedOn}. Against the figures of this release: ${against}.`;
}

/** The prices that moved most, as shares. */
function pricesThatMoved(drifts: readonly Drift[]): readonly string[] {
  const moved = drifts
    .flatMap(({ type, figure, catalog, live }) =>
      figure === 'price' && catalog !== undefined && live !== undefined
        ? [{ type, catalog, live, share: live / catalog - 1 }]
        : [],
    )
    .sort((a, b) => Math.abs(b.share) - Math.abs(a.share))
    .slice(0, MOST_PRICES);
  return moved.map(
    ({ type, catalog, live, share }) =>
      `  ${type}: $${catalog.toFixed(4)} → $${live.toFixed(4)} an hour (${share > 0 ? '+' : ''}${(100 * share).toFixed(1)} %)`,
  );
}
