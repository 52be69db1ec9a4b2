import type { Minute } from '@evenkeel/core/quantities';
import { type CatalogEntry, isPriced, type PricedEntry } from '@evenkeel/core/shape';
import type { DemandReading, ShapeTrail } from '../../ports/index.ts';
import { excuse, type Run } from '../../run/run.ts';
import { SHAPE_MINUTES, USAGE_PERIOD } from './shape-load.ts';

/** What is known of types in the group's region. */
export interface RegionFacts {
  readonly entries: readonly CatalogEntry[];
  readonly zonesOffering: ((type: string) => readonly string[]) | undefined;
}

/** A catalogue that cannot be read costs the review of the shape and nothing else. */
export async function readRegion(run: Run): Promise<RegionFacts | undefined> {
  const { catalogue } = run.ports;
  const { region } = run.group.ref;
  if (catalogue === undefined) return undefined;
  try {
    const entries = await catalogue.inRegion(region);
    return { entries, zonesOffering: await catalogue.zonesOffering(region) };
  } catch (error) {
    const facts = { region, message: (error as Error).message };
    excuse(run, { code: 'catalogue-missing', bottleneck: 'catalogue', facts });
    return undefined;
  }
}

/** Usage that cannot be read is usage nobody measured: memory then stays as it is per vCPU. */
export async function readUsage({ ports, group }: Run, { demand }: DemandReading) {
  if (ports.usage === undefined) return undefined;
  const to = (demand.start + demand.values.length) as Minute;
  const range = { from: (to - SHAPE_MINUTES) as Minute, to, period: USAGE_PERIOD };
  try {
    return await ports.usage(group.ref, range);
  } catch {
    return undefined;
  }
}

/** What canaries measured against a type of the table, on the table's scale. */
export function measuredFactors(
  entries: readonly CatalogEntry[],
  { measured }: ShapeTrail,
): ReadonlyMap<string, number> {
  const factors = new Map<string, number>();
  for (const { type, against, factor } of measured) {
    const table = entries.find((entry) => entry.type.name === against)?.type.performance?.factor;
    const base = factors.get(against) ?? table;
    if (base !== undefined) factors.set(type, base * factor);
  }
  return factors;
}

/** The group's present type, with all figures that a comparison needs; an excuse says what is missing. */
export function presentEntry(run: Run, entries: readonly CatalogEntry[]): PricedEntry | undefined {
  const [name] = run.group.shape.instanceTypes;
  const entry = entries.find(({ type }) => type.name === name);
  const missing = missingOf(entry);
  if (entry && isPriced(entry) && missing === undefined) return entry;
  const facts = { type: name ?? 'an instance type that is not known', region: run.group.ref.region };
  excuse(run, { code: 'type-not-in-catalogue', bottleneck: missing ?? 'figures', facts });
  return undefined;
}

function missingOf(entry: CatalogEntry | undefined): string | undefined {
  if (entry === undefined) return 'figures';
  if (entry.price === undefined) return 'price';
  // What a change saves would be as good as a guess.
  if (entry.price.trust === 'estimated') return 'price that is more than an estimate';
  return entry.type.performance ? undefined : 'performance';
}
