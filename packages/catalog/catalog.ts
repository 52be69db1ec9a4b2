import type { CatalogEntry } from '@evenkeel/core/shape';

/** One part of the catalogue with its age and where it comes from. */
export interface CatalogPart {
  readonly part: 'facts' | 'performance' | 'prices' | 'spot';
  /** The day the figures were read, ISO 8601: `2026-08-02`. */
  readonly asOf: string;
  readonly sources: readonly { readonly name: string; readonly licence: string }[];
}

/** Every instance type one region offers, with prices, Spot and performance as far as known. */
export interface Catalog {
  readonly region: string;
  readonly entries: readonly CatalogEntry[];
  readonly parts: readonly CatalogPart[];
}
