import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { UserError } from '../program/user-error.ts';
import { parseTrace } from './parse-trace.ts';
import type { TraceFile } from './trace-file.ts';

/**
 * Reads one trace file. A relative path starts from `folder`; errors call the file as the user did.
 * @throws UserError where the file cannot be read or is no trace.
 */
export async function readTrace(path: string, folder: string): Promise<TraceFile> {
  return parseTrace(await readText(path, folder), path);
}

async function readText(path: string, folder: string): Promise<string> {
  try {
    return await readFile(resolve(folder, path), 'utf8');
  } catch (error) {
    throw unreadable(error, path, 'give the path of a CSV file with the header timestamp,value');
  }
}

/** Says why a path cannot be read; errors that are not the file system's come back as they are. */
export function unreadable(error: unknown, path: string, remedy: string): unknown {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === undefined) return error;
  const reasons: Readonly<Record<string, string>> = {
    ENOENT: 'does not exist',
    EISDIR: 'is a folder, not a file',
    ENOTDIR: 'is not a folder',
    EACCES: 'may not be read by this user',
  };
  return new UserError(`${path} ${reasons[code] ?? `cannot be read (${code})`}; ${remedy}.`);
}
