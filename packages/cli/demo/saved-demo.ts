import { access, constants, mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { LedgerEntry } from '@evenkeel/core/explain';
import { UserError } from '../program/user-error.ts';

/** Where a demo leaves its ledger, from the folder it was started in. */
export const DEMO_FILE = join('.evenkeel', 'demo.json');

/** Where it leaves the page of its charts. */
export const DEMO_PAGE = join('.evenkeel', 'demo.html');

/** What a demo leaves for `evenkeel explain`. */
export interface SavedDemo {
  readonly version: 1;
  readonly seed: number;
  readonly workloads: readonly string[];
  /** Oldest first. */
  readonly entries: readonly LedgerEntry[];
}

/**
 * Sees to it, before the demo begins, that there is a place for what it leaves.
 * @throws UserError where nothing can be written into the folder
 */
export async function prepareDemo(folder: string): Promise<void> {
  const place = dirname(join(folder, DEMO_FILE));
  try {
    await mkdir(place, { recursive: true });
    await access(place, constants.W_OK);
  } catch (error) {
    const { code = 'error' } = error as NodeJS.ErrnoException;
    throw new UserError(
      `${DEMO_FILE} cannot be written in this folder (${code}); start evenkeel demo in a folder of yours.`,
    );
  }
}

/** Writes the ledger of a demo, over that of the one before. */
export async function saveDemo(folder: string, demo: SavedDemo): Promise<void> {
  await writeFile(join(folder, DEMO_FILE), JSON.stringify(demo));
}

/**
 * Reads the ledger of the last demo of a folder; undefined where there is none.
 * @throws UserError where it cannot be read
 */
export async function loadDemo(folder: string): Promise<SavedDemo | undefined> {
  const text = await readFile(join(folder, DEMO_FILE), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
    return undefined;
  });
  if (text === undefined) return undefined;
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
