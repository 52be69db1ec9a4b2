import type { Catalog, CatalogPart } from './catalog.ts';
import { readFacts } from './read-facts.ts';
import { readRegion } from './read-region.ts';

/** The regions there are prices for, in order of name. */
export async function catalogRegions(): Promise<readonly string[]> {
  const { default: regions } = await import('./data/regions.ts');
  return Object.keys(regions);
}

/**
 * The catalogue of one region as of the snapshot that ships with Evenkeel. Only that region's part is loaded.
 * Rejects with a RangeError that names the regions there are where the region is not among them.
 */
export async function loadCatalog(region: string): Promise<Catalog> {
  const { default: regions } = await import('./data/regions.ts');
  const load = Object.hasOwn(regions, region) ? regions[region as keyof typeof regions] : undefined;
  if (!load) {
    const known = Object.keys(regions).join(', ');
    throw new RangeError(`the catalogue has no prices for region "${region}"; it has ${known}`);
  }
  const [{ default: text }, { default: facts }, { default: parts }] = await Promise.all([
    load(),
    import('./data/facts.ts'),
    import('./data/provenance.ts'),
  ]);
  const spotAsOf = parts.find((each) => each.part === 'spot')?.asOf ?? '';
  const { entries, pricesAsOf } = readRegion(text, readFacts(facts), spotAsOf);
  return { region, entries, parts: parts.map((each) => datedForRegion(each, pricesAsOf)) };
}

/** Regions' prices are of different days; the part says the day of this one's. */
function datedForRegion(part: CatalogPart, pricesAsOf: string): CatalogPart {
  return part.part === 'prices' ? { ...part, asOf: pricesAsOf } : part;
}
