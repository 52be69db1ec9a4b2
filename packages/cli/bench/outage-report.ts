import type { Paint } from '../render/paint.ts';
import { table } from '../render/table.ts';
import type { OutageRow } from './outage-task.ts';
import { geometricMean } from './summarise.ts';

/** One start-up time, loss factor and length of outage over all traces. */
export interface OutageMean {
  readonly startup: number;
  readonly lossFactor: number;
  readonly hours: number;
  /** Geometric mean of the cost with Evenkeel dead as a ratio to that with Evenkeel alive. */
  readonly deadToAlive: number;
  /** The worst trace against the owner's own target tracking. */
  readonly worst: { readonly trace: string; readonly deadToOwn: number };
}

/** The means of each case, in order of appearance. */
export function outageMeans(rows: readonly OutageRow[]): readonly OutageMean[] {
  const cases = Map.groupBy(rows, ({ startup, lossFactor, hours }) => `${startup}/${hours}/${lossFactor}`);
  return [...cases.values()].map((own) => {
    const [{ startup, lossFactor, hours }] = own as [OutageRow];
    const worst = own
      .map((row) => ({ trace: row.trace, deadToOwn: row.dead / row.own }))
      .toSorted((a, b) => b.deadToOwn - a.deadToOwn)[0] as OutageMean['worst'];
    const deadToAlive = geometricMean(own.map((row) => row.dead / row.alive));
    return { startup, lossFactor, hours, deadToAlive, worst };
  });
}

/** A line for each start-up time, length and loss factor. */
export function outageReport(rows: readonly OutageRow[], paint: Paint): string {
  const title = paint('strong', 'Evenkeel stands still at the worst hour: risk-adjusted cost of that time');
  const body = outageMeans(rows).map(({ startup, lossFactor, hours, deadToAlive, worst }) => [
    `${startup} min`,
    `${hours} h`,
    String(lossFactor),
    deadToAlive.toFixed(3),
    worst.deadToOwn.toFixed(3),
    worst.trace,
  ]);
  const columns = [
    { title: 'start-up', align: 'right' },
    { title: 'outage', align: 'right' },
    { title: 'l', align: 'right' },
    { title: 'dead / alive', align: 'right' },
    { title: 'dead / tt-50, worst', align: 'right' },
    { title: 'trace' },
  ] as const;
  return `${title}\n\n${table(columns, body)}`;
}
