import {
  type Catalog,
  catalogAge,
  catalogOf,
  catalogRegions,
  type Drift,
  type KeptMarket,
  MARKETS,
  type MarketFailure,
  type PartAge,
  refreshMarket,
} from '@evenkeel/catalog';
import { type AwsOptions, asUserErrors } from '../compose.ts';
import { UserError } from '../program/user-error.ts';
import { painter } from '../render/paint.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { catalogueReport } from './catalogue-report.ts';
import { type MarketPlace, openMarketPlace } from './market-place.ts';

export interface CatalogueOptions extends AwsOptions {
  readonly refresh?: true;
  readonly json?: true;
}

/** What is known of a region's instance types, and how old it is. */
export interface CatalogueFacts {
  readonly region: string;
  readonly types: number;
  readonly priced: number;
  readonly parts: readonly (PartAge & { readonly sources: readonly string[] })[];
  /** The day AWS was last read; absent where it never was. */
  readonly refreshedOn?: string;
  /** How many figures of the snapshot AWS contradicted then, by figure. */
  readonly drift: KeptMarket['drift'];
  /** Each of them, where AWS was read just now. */
  readonly drifts?: readonly Drift[];
  readonly failures: readonly MarketFailure[];
}

/** Shows how old the catalogue of a region is; with --refresh it is read from AWS first. */
export async function runCatalogue(options: CatalogueOptions, terminal: Terminal): Promise<void> {
  const place = await openMarketPlace(options, terminal);
  try {
    await refuseUnknown(place.region);
    const read = options.refresh ? await refresh(place, terminal) : { failures: [] };
    const kept = await asUserErrors(() => place.documents.read<KeptMarket>(MARKETS, place.region));
    const catalog = await catalogOf(place.region, kept?.value);
    const facts: CatalogueFacts = { ...factsOf(catalog, kept?.value, terminal), ...read };
    if (options.json) terminal.out(`${JSON.stringify(facts, undefined, 1)}\n`);
    else terminal.out(catalogueReport(facts, painter(terminal.colour), terminal.columns));
  } finally {
    place.close();
  }
}

async function refuseUnknown(region: string): Promise<void> {
  const known = await catalogRegions();
  if (known.includes(region)) return;
  throw new UserError(`the catalogue has no region ${region}; it has ${known.join(', ')}.`);
}

async function refresh(
  { region, documents, market }: MarketPlace,
  { clock, err }: Terminal,
): Promise<Pick<CatalogueFacts, 'drifts' | 'failures'>> {
  if (!market) throw new UserError(`there is no market of ${region} to be read here.`);
  err(`Reading what EC2 offers and charges in ${region} …\n`);
  const report = await asUserErrors(() =>
    refreshMarket({ region, documents, source: market, now: clock.now(), force: true }),
  );
  if (report.kind === 'failed') {
    const [first] = report.failures;
    throw new UserError(`nothing could be read of AWS: ${first?.message ?? 'no answer'}.`);
  }
  return report.kind === 'refreshed'
    ? { drifts: report.drifts, failures: report.failures }
    : { failures: [] };
}

function factsOf(
  catalog: Catalog,
  kept: KeptMarket | undefined,
  { clock }: Terminal,
): Omit<CatalogueFacts, 'drifts' | 'failures'> {
  const ages = catalogAge(catalog, clock.now());
  const wasRead = kept !== undefined && (kept.names.length > 0 || Object.keys(kept.prices).length > 0);
  return {
    region: catalog.region,
    types: catalog.entries.length,
    priced: catalog.entries.filter(({ price }) => price !== undefined).length,
    parts: ages.map((age) => ({
      ...age,
      sources: catalog.parts.find(({ part }) => part === age.part)?.sources.map(({ name }) => name) ?? [],
    })),
    ...(wasRead && { refreshedOn: kept.asOf }),
    drift: kept?.drift ?? {},
  };
}
