import { isPriced, type PricedEntry } from '../candidate.ts';
import type { CatalogEntry } from '../instance-type.ts';
import type { RejectedShape } from '../shape-excuse.ts';
import { architecture } from './architecture.ts';
import { availability } from './availability.ts';
import { family } from './family.ts';
import { knownFigures } from './known-figures.ts';
import { localDisk } from './local-disk.ts';
import { performance } from './performance.ts';
import { price } from './price.ts';
import { rolledBack } from './rolled-back.ts';
import type { ShapeDemands, ShapeFilter } from './shape-filter.ts';
import { unmeasuredMemory } from './unmeasured-memory.ts';
import { zones } from './zones.ts';

export { isOrdinary } from './family.ts';
export * from './shape-filter.ts';

/** Every filter, in the order in which a type is asked: the first excuse is the one that is told, so the plainest come first. */
export const FILTERS: readonly ShapeFilter[] = [
  architecture,
  family,
  localDisk,
  zones,
  rolledBack,
  availability,
  price,
  performance,
  unmeasuredMemory,
  knownFigures,
];

export interface Filtered {
  readonly kept: readonly PricedEntry[];
  readonly rejected: readonly RejectedShape[];
}

/** Asks every entry every filter until one rejects it: all entries come back, kept or with an excuse. */
export function filterEntries(entries: readonly CatalogEntry[], demands: ShapeDemands): Filtered {
  const kept: PricedEntry[] = [];
  const rejected: RejectedShape[] = [];
  for (const entry of entries) {
    const excuse = firstExcuse(entry, demands);
    if (excuse) rejected.push({ type: entry.type.name, excuse });
    else if (isPriced(entry)) kept.push(entry);
    else throw new TypeError(`${entry.type.name} has no price and no filter rejected it`);
  }
  return { kept, rejected };
}

function firstExcuse(entry: CatalogEntry, demands: ShapeDemands): RejectedShape['excuse'] | undefined {
  for (const filter of FILTERS) {
    const excuse = filter.reject(entry, demands);
    if (excuse) return excuse;
  }
  return undefined;
}
