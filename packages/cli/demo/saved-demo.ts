import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { LedgerEntry } from '@evenkeel/core/explain';
import { UserError } from '../program/user-error.ts';

/** Where a demo leaves its ledger, from the folder it was started in. */
export const DEMO_FILE = join('.evenkeel', 'demo.json');

/** What a demo leaves for `evenkeel explain`. */
export interface SavedDemo {
  readonly version: 1;
  readonly seed: number;
  readonly workloads: readonly string[];
  /** Oldest first. */
  readonly entries: readonly LedgerEntry[];
}

/** Writes the ledger of a demo, over that of the one before. */
export async function saveDemo(folder: string, demo: SavedDemo): Promise<void> {
  const path = join(folder, DEMO_FILE);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, JSON.stringify(demo));
}

/**
 * Reads the ledger of the last demo of a folder.
 * @throws UserError where there is none, or one that cannot be read.
 */
export async function loadDemo(folder: string): Promise<SavedDemo> {
  const text = await readFile(join(folder, DEMO_FILE), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
    throw new UserError(`${DEMO_FILE} is not in this folder; run evenkeel demo here first.`);
  });
  const saved = parse(text);
  if (saved === undefined) {
    throw new UserError(`${DEMO_FILE} is not the ledger of a demo of this version; run evenkeel demo again.`);
  }
  return saved;
}

function parse(text: string): SavedDemo | undefined {
  try {
    const value = JSON.parse(text) as Partial<SavedDemo> | null;
    const whole = value?.version === 1 && Array.isArray(value.entries) && Array.isArray(value.workloads);
    return whole ? (value as SavedDemo) : undefined;
  } catch {
    return undefined;
  }
}
