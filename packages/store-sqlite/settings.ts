import type { DatabaseSync } from 'node:sqlite';
import type { SettingsStore, WorkloadSettings } from '@evenkeel/engine/ports';

/** Settings as a table, one row per workload. */
export function createSqliteSettings(database: DatabaseSync): SettingsStore {
  const select = database.prepare('SELECT settings FROM settings WHERE workload = ?');
  const upsert = database.prepare(
    'INSERT INTO settings (workload, settings) VALUES (?, ?) ON CONFLICT (workload) DO UPDATE SET settings = excluded.settings',
  );
  return {
    async load(workload) {
      const row = select.get(workload);
      return row ? (JSON.parse(String(row.settings)) as WorkloadSettings) : { expected: [] };
    },
    async save(workload, settings) {
      upsert.run(workload, JSON.stringify(settings));
    },
  };
}
