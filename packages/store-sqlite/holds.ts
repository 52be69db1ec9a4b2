import type { DatabaseSync } from 'node:sqlite';
import { type Hold, isInForce, scopeKey, scopesOver } from '@evenkeel/core/guard';
import type { Holds } from '@evenkeel/engine/ports';

/** Holds as a table, one row per scope and kind; what is over stays until it is replaced or lifted. */
export function createSqliteHolds(database: DatabaseSync): Holds {
  const select = database.prepare('SELECT hold FROM holds WHERE scope = ? ORDER BY kind');
  const upsert = database.prepare(
    'INSERT INTO holds (scope, kind, hold) VALUES (?, ?, ?) ON CONFLICT (scope, kind) DO UPDATE SET hold = excluded.hold',
  );
  const remove = database.prepare('DELETE FROM holds WHERE scope = ? AND kind = ?');
  return {
    async inForce({ at, ...subject }) {
      return scopesOver(subject)
        .flatMap((scope) => select.all(scope))
        .map((row) => JSON.parse(String(row.hold)) as Hold)
        .filter((hold) => isInForce(hold, at));
    },
    async place(hold) {
      upsert.run(scopeKey(hold.scope), hold.kind, JSON.stringify(hold));
    },
    async lift(scope, kind) {
      remove.run(scopeKey(scope), kind);
    },
  };
}
