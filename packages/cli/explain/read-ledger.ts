import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { LedgerEntry } from '@evenkeel/core/explain';
import { STORE_FILE } from '../commands/aws-options.ts';
import { type AwsOptions, asUserErrors, openFile, openTable } from '../compose.ts';
import { DEMO_FILE, loadDemo } from '../demo/saved-demo.ts';
import { UserError } from '../program/user-error.ts';
import type { Terminal } from '../terminal/terminal.ts';

/** More entries than a year of a workload has; the ledger is read once. */
const ALL = 1_000_000;
/** Of a table, which is read over the network, the last weeks. */
const RECENT = 5_000;

/** Where a ledger is looked for, as the options say. */
export type LedgerPlace = Partial<Pick<AwsOptions, 'store' | 'table' | 'region' | 'endpoint'>>;

/**
 * The ledger entries of a workload, oldest first: of the table or the store that is named, else of the one `evenkeel run` keeps in this folder where it
 * knows the workload, else of the last demo. Throws a UserError where none of them does.
 */
export async function readLedger(
  workload: string,
  place: LedgerPlace,
  terminal: Terminal,
): Promise<readonly LedgerEntry[]> {
  const { store, table } = place;
  if (table !== undefined) return readTable(workload, { ...place, table }, terminal);
  const path = resolve(terminal.folder, store ?? STORE_FILE);
  if (store !== undefined && !existsSync(path)) {
    throw new UserError(
      `${store} does not exist; give the file that evenkeel run keeps, such as ${STORE_FILE}.`,
    );
  }
  const lived = existsSync(path) ? await readStore(path, workload) : [];
  if (lived.length > 0) return lived;
  if (store !== undefined) throw new UserError(`${store} knows no workload ${JSON.stringify(workload)}.`);
  return readDemo(workload, terminal.folder, existsSync(path));
}

async function readTable(
  workload: string,
  place: LedgerPlace & { readonly table: string },
  terminal: Terminal,
): Promise<readonly LedgerEntry[]> {
  const entries = await asUserErrors(() =>
    openTable(place, terminal).ledger.recent({ workload, limit: RECENT }),
  );
  if (entries.length > 0) return entries.toReversed();
  throw new UserError(`the table ${place.table} knows no workload ${JSON.stringify(workload)}.`);
}

async function readStore(path: string, workload: string): Promise<readonly LedgerEntry[]> {
  const stores = openFile(path, { onlyLooks: true });
  try {
    return (await stores.ledger.recent({ workload, limit: ALL })).toReversed();
  } finally {
    stores.close();
  }
}

async function readDemo(
  workload: string,
  folder: string,
  hasStore: boolean,
): Promise<readonly LedgerEntry[]> {
  const demo = await loadDemo(folder);
  if (demo === undefined) throw noLedger(workload, hasStore);
  const { entries, workloads } = demo;
  if (workloads.includes(workload)) return entries.filter((entry) => entry.workload === workload);
  const also = hasStore ? `, and ${STORE_FILE} does not know it either` : '';
  throw new UserError(
    `the demo has no workload ${JSON.stringify(workload)}; it has ${workloads.join(', ')}${also}.`,
  );
}

function noLedger(workload: string, hasStore: boolean): UserError {
  return new UserError(
    hasStore
      ? `${STORE_FILE} knows no workload ${JSON.stringify(workload)}, and there is no ${DEMO_FILE} of evenkeel demo; write a workload that evenkeel status shows.`
      : `neither ${DEMO_FILE} of evenkeel demo nor ${STORE_FILE} of evenkeel run is in this folder; start one of both here, or name a ledger with --store or --table.`,
  );
}
