import type { DatabaseSync } from 'node:sqlite';
import type { Stores } from '@evenkeel/engine/ports';
import { openDatabase } from './database.ts';
import { createSqliteDocuments } from './documents.ts';
import { createSqliteGroupRecords } from './group-records.ts';
import { createSqliteHolds } from './holds.ts';
import { createSqliteLedger } from './ledger.ts';
import { createSqliteProfiles } from './profiles.ts';
import { createSqliteSettings } from './settings.ts';

/** The stores of `evenkeel run`: one SQLite file beside the process, nothing to deploy. */
export interface SqliteStores extends Stores {
  /** Writes what is pending and lets go of the file. */
  close(): void;
}

/** Opens (or makes) the stores in the file at `path`; `:memory:` for a store that nobody keeps. */
export function createSqliteStores(path: string): SqliteStores {
  const database: DatabaseSync = openDatabase(path);
  return {
    ledger: createSqliteLedger(database),
    profiles: createSqliteProfiles(database),
    records: createSqliteGroupRecords(database),
    holds: createSqliteHolds(database),
    settings: createSqliteSettings(database),
    documents: createSqliteDocuments(database),
    close: () => database.close(),
  };
}
