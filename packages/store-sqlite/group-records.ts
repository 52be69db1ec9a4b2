import type { DatabaseSync } from 'node:sqlite';
import { type GroupRecord, type GroupRecords, groupKey } from '@evenkeel/engine/ports';

/** Group records as a table, one row per group. */
export function createSqliteGroupRecords(database: DatabaseSync): GroupRecords {
  const select = database.prepare('SELECT record FROM records WHERE grp = ?');
  const upsert = database.prepare(
    'INSERT INTO records (grp, record) VALUES (?, ?) ON CONFLICT (grp) DO UPDATE SET record = excluded.record',
  );
  const remove = database.prepare('DELETE FROM records WHERE grp = ?');
  return {
    async load(ref) {
      const row = select.get(groupKey(ref));
      return row && (JSON.parse(String(row.record)) as GroupRecord);
    },
    async save(ref, record) {
      upsert.run(groupKey(ref), JSON.stringify(record));
    },
    async remove(ref) {
      remove.run(groupKey(ref));
    },
  };
}
