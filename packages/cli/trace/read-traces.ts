import { readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { UserError } from '../program/user-error.ts';
import { readTrace, unreadable } from './read-trace.ts';
import type { TraceFile } from './trace-file.ts';

const REMEDY = 'give a folder with CSV files, each with the header timestamp,value';

/**
 * Reads every `.csv` of a folder, in order of name. All are read and checked before anyone computes with the first.
 * @throws UserError where the folder cannot be read, holds no CSV, or one of its files is no trace.
 */
export async function readTraces(path: string, folder: string): Promise<readonly TraceFile[]> {
  const names = await listFolder(path, folder);
  const files = names.filter((name) => /\.csv$/i.test(name)).toSorted();
  if (files.length === 0) throw new UserError(`${path} holds no .csv files; ${REMEDY}.`);
  return Promise.all(files.map((name) => readTrace(join(path, name), folder)));
}

async function listFolder(path: string, folder: string): Promise<readonly string[]> {
  try {
    return await readdir(resolve(folder, path));
  } catch (error) {
    throw unreadable(error, path, REMEDY);
  }
}
