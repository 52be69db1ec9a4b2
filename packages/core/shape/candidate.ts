import type { Instances } from '../quantities.ts';
import type { CatalogEntry, Price } from './instance-type.ts';

/** A catalogue entry somebody named a price for. */
export interface PricedEntry extends CatalogEntry {
  readonly price: Price;
}

/** So many instances of a type. */
export interface Candidate {
  readonly entry: PricedEntry;
  readonly count: Instances;
  /** Of one instance as it would be bought (Spot share and surplus credits included), USD. */
  readonly usdPerInstanceHour: number;
}

/** What the candidate costs an hour, USD, without any risk. */
export function usdPerHour(candidate: Candidate): number {
  return candidate.count * candidate.usdPerInstanceHour;
}

export function isPriced(entry: CatalogEntry): entry is PricedEntry {
  return entry.price !== undefined;
}
