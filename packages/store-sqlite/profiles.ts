import type { DatabaseSync } from 'node:sqlite';
import type { Profile } from '@evenkeel/core/forecast';
import type { Profiles } from '@evenkeel/engine/ports';

/** Profiles as a table, one row per series. */
export function createSqliteProfiles(database: DatabaseSync): Profiles {
  const select = database.prepare('SELECT profile FROM profiles WHERE series = ?');
  const upsert = database.prepare(
    'INSERT INTO profiles (series, profile) VALUES (?, ?) ON CONFLICT (series) DO UPDATE SET profile = excluded.profile',
  );
  return {
    async load(series) {
      const row = select.get(series);
      return row && (JSON.parse(String(row.profile)) as Profile);
    },
    async save(series, profile) {
      upsert.run(series, JSON.stringify(profile));
    },
  };
}
