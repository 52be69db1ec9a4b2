import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { LedgerEntry } from '@evenkeel/core/explain';
import type { Profile } from '@evenkeel/core/forecast';
import { type Hold, isInForce, scopeKey, scopesOver } from '@evenkeel/core/guard';
import type { Minute } from '@evenkeel/core/quantities';
import {
  type GroupRecord,
  type GroupRecords,
  groupKey,
  type Holds,
  type Ledger,
  type Profiles,
  type SettingsStore,
  type Stores,
  type WorkloadSettings,
} from '@evenkeel/engine/ports';
import { inBatches } from '../call.ts';
import { createDynamoDocuments } from './documents.ts';
import { createTable, type ItemKey, type Table } from './table.ts';

export interface DynamoStoresOptions {
  readonly client: DynamoDBClient;
  readonly table: string;
  /** How long a ledger entry is kept. */
  readonly ledgerDays?: number;
}

const DEFAULT_LEDGER_DAYS = 400;
const SECONDS_PER_DAY = 86_400;
/** Puts under way at a time: a review writes many entries, and a new table takes a while to give more. */
const PUTS_AT_ONCE = 10;
/** Minutes as text of one length sort as numbers do until the year 3871. */
const MINUTE_DIGITS = 9;

/** The stores of a deployed Evenkeel, all in one table. */
export function createDynamoStores(options: DynamoStoresOptions): Stores {
  const table = createTable(options.client, options.table);
  return {
    ledger: createDynamoLedger(table, options.ledgerDays ?? DEFAULT_LEDGER_DAYS),
    profiles: createDynamoProfiles(table),
    records: createDynamoGroupRecords(table),
    holds: createDynamoHolds(table),
    settings: createDynamoSettings(table),
    documents: createDynamoDocuments(options),
  };
}

/** A partition per workload, in order of time and id; the condition makes appending twice harmless. */
function createDynamoLedger(table: Table, days: number): Ledger {
  const put = (entry: LedgerEntry) =>
    table.put({ pk: `ledger#${entry.workload}`, sk: `${sortable(entry.at)}#${entry.id}` }, entry, {
      onlyNew: true,
      group: entry.group,
      expires: entry.at * 60 + days * SECONDS_PER_DAY,
    });
  return {
    async append(entries) {
      for (const batch of inBatches(entries, PUTS_AT_ONCE)) await Promise.all(batch.map(put));
    },
    async recent({ workload, group, before, limit }) {
      const entries = await table.query({
        pk: `ledger#${workload}`,
        order: 'newest-first',
        limit,
        ...(before !== undefined && { before: sortable(before) }),
        ...(group !== undefined && { group }),
      });
      return entries as LedgerEntry[];
    },
  };
}

function createDynamoProfiles(table: Table): Profiles {
  const keyOf = (series: string): ItemKey => ({ pk: `profile#${series}`, sk: 'profile' });
  return {
    load: async (series) => (await table.get(keyOf(series))) as Profile | undefined,
    save: (series, profile) => table.put(keyOf(series), profile),
  };
}

function createDynamoGroupRecords(table: Table): GroupRecords {
  const keyOf = (group: string): ItemKey => ({ pk: `group#${group}`, sk: 'record' });
  return {
    load: async (ref) => (await table.get(keyOf(groupKey(ref)))) as GroupRecord | undefined,
    save: (ref, record) => table.put(keyOf(groupKey(ref)), record),
    remove: (ref) => table.remove(keyOf(groupKey(ref))),
  };
}

/** A partition per scope with an item per kind; one that is over is deleted by DynamoDB in its own time. */
function createDynamoHolds(table: Table): Holds {
  return {
    async inForce({ at, ...subject }) {
      const holds = await Promise.all(
        scopesOver(subject).map((scope) => table.query({ pk: `hold#${scope}`, order: 'oldest-first' })),
      );
      return (holds.flat() as Hold[]).filter((hold) => isInForce(hold, at));
    },
    place: (hold) =>
      table.put(
        { pk: `hold#${scopeKey(hold.scope)}`, sk: hold.kind },
        hold,
        hold.until === undefined ? {} : { expires: hold.until * 60 },
      ),
    lift: (scope, kind) => table.remove({ pk: `hold#${scopeKey(scope)}`, sk: kind }),
  };
}

function createDynamoSettings(table: Table): SettingsStore {
  const keyOf = (workload: string): ItemKey => ({ pk: `settings#${workload}`, sk: 'settings' });
  return {
    load: async (workload) =>
      ((await table.get(keyOf(workload))) as WorkloadSettings | undefined) ?? { expected: [] },
    save: (workload, settings) => table.put(keyOf(workload), settings),
  };
}

function sortable(at: Minute): string {
  return String(at).padStart(MINUTE_DIGITS, '0');
}
