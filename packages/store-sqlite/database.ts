import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { MIGRATIONS } from './schema.ts';

/** How long a write waits for another process's write to the same file (`evenkeel pause` beside `evenkeel run`). */
const BUSY_TIMEOUT_MS = 5_000;

/**
 * Opens the file, made with its folder where it is missing, and brings its tables up to date; `:memory:` keeps everything in
 * memory. Throws where the file was written by a newer Evenkeel.
 */
export function openDatabase(path: string): DatabaseSync {
  if (path !== ':memory:') mkdirSync(dirname(path), { recursive: true });
  const database = new DatabaseSync(path);
  database.exec(
    `PRAGMA busy_timeout = ${BUSY_TIMEOUT_MS}; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;`,
  );
  migrate(database, path);
  return database;
}

function migrate(database: DatabaseSync, path: string): void {
  const version = versionOf(database);
  if (version === MIGRATIONS.length) return;
  if (version > MIGRATIONS.length) {
    database.close();
    throw new Error(
      `${path} was written by a newer Evenkeel (version ${version} of the tables, this one knows ${MIGRATIONS.length}); update Evenkeel or name another file`,
    );
  }
  database.exec('BEGIN IMMEDIATE');
  try {
    // Read again under the lock: another process may have come first.
    for (const step of MIGRATIONS.slice(versionOf(database))) database.exec(step);
    database.exec(`PRAGMA user_version = ${MIGRATIONS.length}; COMMIT`);
  } catch (error) {
    database.exec('ROLLBACK');
    throw error;
  }
}

function versionOf(database: DatabaseSync): number {
  return Number(database.prepare('PRAGMA user_version').get()?.user_version ?? 0);
}
