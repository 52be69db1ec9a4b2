import type { DatabaseSync } from 'node:sqlite';
import type { Document, Documents } from '@evenkeel/engine/ports';

/** Documents as a table, one row each; every write names the version it replaces. */
export function createSqliteDocuments(database: DatabaseSync): Documents {
  const select = database.prepare(
    'SELECT key, version, value FROM documents WHERE collection = ? AND key = ?',
  );
  const insert = database.prepare(
    'INSERT INTO documents (collection, key, version, value) VALUES (?, ?, 1, ?) ON CONFLICT DO NOTHING',
  );
  const update = database.prepare(
    'UPDATE documents SET version = version + 1, value = ? WHERE collection = ? AND key = ? AND version = ?',
  );
  const remove = database.prepare('DELETE FROM documents WHERE collection = ? AND key = ? AND version = ?');
  const list = database.prepare(
    'SELECT key, version, value FROM documents WHERE collection = ? ORDER BY key LIMIT ?',
  );
  return {
    async read<T>(collection: string, key: string) {
      const row = select.get(collection, key);
      return row && document<T>(row);
    },
    async write(collection, key, value, { expected }) {
      const json = JSON.stringify(value);
      const { changes } =
        expected === 0 ? insert.run(collection, key, json) : update.run(json, collection, key, expected);
      return changes === 1;
    },
    async remove(collection, key, expected) {
      return remove.run(collection, key, expected).changes === 1;
    },
    async list<T>(collection: string, limit: number) {
      return list.all(collection, limit).map((row) => document<T>(row));
    },
  };
}

function document<T>(row: Record<string, unknown>): Document<T> {
  return { key: String(row.key), version: Number(row.version), value: JSON.parse(String(row.value)) as T };
}
