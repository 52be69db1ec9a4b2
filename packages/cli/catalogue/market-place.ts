import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { MarketSource } from '@evenkeel/catalog';
import type { Documents } from '@evenkeel/engine/ports';
import { type AwsOptions, clientOf, openFile, openTable } from '../compose.ts';
import { composeMarket } from '../compose-market.ts';
import type { Terminal } from '../terminal/terminal.ts';

/** A region, where its figures are kept, and whom to ask for new ones. */
export interface MarketPlace {
  readonly region: string;
  readonly documents: Documents;
  readonly market: MarketSource | undefined;
  readonly close: () => void;
}

/** Nobody is asked who we are: looking at the catalogue takes no credentials. A file that is not there is made only to be written. */
export async function openMarketPlace(
  options: AwsOptions & { readonly refresh?: true },
  terminal: Terminal,
): Promise<MarketPlace> {
  if (terminal.open) {
    const { region, ports, market, close } = await terminal.open(options);
    return { region, documents: ports.documents, market, close };
  }
  const client = clientOf(options, terminal);
  const market = composeMarket({ ...client, timing: terminal.clock });
  const { table } = options;
  if (table !== undefined) {
    const { documents } = openTable({ ...client, table }, terminal);
    return { region: client.region, documents, market, close: () => {} };
  }
  const path = resolve(terminal.folder, options.store);
  const stores = openFile(existsSync(path) || options.refresh ? path : ':memory:');
  return { region: client.region, documents: stores.documents, market, close: () => stores.close() };
}
