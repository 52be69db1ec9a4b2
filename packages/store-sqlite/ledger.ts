import type { DatabaseSync } from 'node:sqlite';
import type { LedgerEntry } from '@evenkeel/core/explain';
import type { Ledger } from '@evenkeel/engine/ports';

/** The ledger as a table: an id that is there already is left as it is, and a batch stands as a whole or not at all. */
export function createSqliteLedger(database: DatabaseSync): Ledger {
  const insert = database.prepare(
    'INSERT OR IGNORE INTO ledger (id, workload, grp, at, entry) VALUES (?, ?, ?, ?, ?)',
  );
  const select = database.prepare(
    `SELECT entry FROM ledger
     WHERE workload = :workload AND at < :before AND (:grp IS NULL OR grp = :grp)
     ORDER BY at DESC, id DESC LIMIT :limit`,
  );
  return {
    async append(entries) {
      if (entries.length === 0) return;
      database.exec('BEGIN IMMEDIATE');
      try {
        for (const entry of entries) {
          insert.run(entry.id, entry.workload, entry.group, entry.at, JSON.stringify(entry));
        }
        database.exec('COMMIT');
      } catch (error) {
        database.exec('ROLLBACK');
        throw error;
      }
    },
    async recent({ workload, group, before, limit }) {
      const rows = select.all({
        workload,
        limit,
        grp: group ?? null,
        before: before ?? Number.MAX_SAFE_INTEGER,
      });
      return rows.map((row) => JSON.parse(String(row.entry)) as LedgerEntry);
    },
  };
}
