/**
 * The tables of the embedded store. Values are kept as JSON; columns are only what is looked up by.
 * `user_version` of the file counts the steps done; a new step is added at the end and never changed afterwards.
 */
export const MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE ledger (
    id TEXT PRIMARY KEY,
    workload TEXT NOT NULL,
    grp TEXT NOT NULL,
    at INTEGER NOT NULL,
    entry TEXT NOT NULL
  ) STRICT;
  CREATE INDEX ledger_by_time ON ledger (workload, at, id);
  CREATE TABLE profiles (series TEXT PRIMARY KEY, profile TEXT NOT NULL) STRICT;
  CREATE TABLE records (grp TEXT PRIMARY KEY, record TEXT NOT NULL) STRICT;
  CREATE TABLE holds (scope TEXT NOT NULL, kind TEXT NOT NULL, hold TEXT NOT NULL, PRIMARY KEY (scope, kind)) STRICT;
  CREATE TABLE settings (workload TEXT PRIMARY KEY, settings TEXT NOT NULL) STRICT;
  `,
  `
  CREATE TABLE documents (
    collection TEXT NOT NULL,
    key TEXT NOT NULL,
    version INTEGER NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (collection, key)
  ) STRICT;
  `,
];
