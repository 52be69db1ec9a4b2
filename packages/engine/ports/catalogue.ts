import type { CatalogEntry } from '@evenkeel/core/shape';

/** What instance types a region offers, for how much, as far as known. */
export interface Catalogue {
  /** Every type of the region; prices say themselves how far they are to be trusted. Rejects where nothing is known of the region. */
  inRegion(region: string): Promise<readonly CatalogEntry[]>;
  /** The zones of the region that offer a type; undefined where nobody asked the provider. */
  zonesOffering(region: string): Promise<((type: string) => readonly string[]) | undefined>;
}
