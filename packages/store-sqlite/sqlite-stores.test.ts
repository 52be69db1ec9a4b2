import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Minute } from '@evenkeel/core/quantities';
import {
  documentsContract,
  groupRecordsContract,
  holdsContract,
  ledgerContract,
  profilesContract,
  settingsContract,
} from '@evenkeel/engine/contracts';
import { describe, expect, it } from 'vitest';
import { openDatabase } from './database.ts';
import { createSqliteStores, type SqliteStores } from './sqlite-stores.ts';

const NOW = 29_000_000 as Minute;

async function harness<Name extends Exclude<keyof SqliteStores, 'close'>>(name: Name) {
  const stores = createSqliteStores(':memory:');
  return { port: stores[name], now: () => NOW, close: async () => stores.close() };
}

ledgerContract('SQLite', () => harness('ledger'));
groupRecordsContract('SQLite', () => harness('records'));
holdsContract('SQLite', () => harness('holds'));
settingsContract('SQLite', () => harness('settings'));
documentsContract('SQLite', () => harness('documents'));
profilesContract('SQLite', async () => ({
  ...(await harness('profiles')),
  profile: () => ({ version: 1, learnedAt: NOW }) as never,
}));

describe('the file', () => {
  const inFolder = async (work: (file: string) => Promise<void>) => {
    const folder = mkdtempSync(join(tmpdir(), 'evenkeel-'));
    try {
      await work(join(folder, 'new', 'evenkeel.db'));
    } finally {
      rmSync(folder, { recursive: true });
    }
  };
  const entry = { id: 'a', at: NOW, workload: 'shop', group: 'web', excuses: [] };

  it('is made with its folder, and keeps what was written when it is opened again', () =>
    inFolder(async (file) => {
      const first = createSqliteStores(file);
      await first.ledger.append([entry]);
      first.close();
      const second = createSqliteStores(file);
      expect(await second.ledger.recent({ workload: 'shop', limit: 1 })).toEqual([entry]);
      second.close();
    }));

  it('serves two processes at a time', () =>
    inFolder(async (file) => {
      const [run, pause] = [createSqliteStores(file), createSqliteStores(file)];
      const hold = { kind: 'paused', scope: { kind: 'everything' }, since: NOW, by: 'alice' } as const;
      await run.ledger.append([entry]);
      await pause.holds.place(hold);
      expect(await run.holds.inForce({ workload: 'shop', at: NOW })).toEqual([hold]);
      run.close();
      pause.close();
    }));

  it('written by a newer Evenkeel is left alone, and the error says what to do', () =>
    inFolder(async (file) => {
      const database = openDatabase(file);
      database.exec('PRAGMA user_version = 99');
      database.close();
      expect(() => createSqliteStores(file)).toThrow(
        /newer Evenkeel .* update Evenkeel or name another file/,
      );
    }));

  it('a batch with an entry that cannot be written leaves nothing behind', async () => {
    const stores = createSqliteStores(':memory:');
    const broken = { ...entry, id: 'b', workload: undefined as never };
    await expect(stores.ledger.append([entry, broken])).rejects.toThrow();
    expect(await stores.ledger.recent({ workload: 'shop', limit: 10 })).toEqual([]);
    stores.close();
  });
});
