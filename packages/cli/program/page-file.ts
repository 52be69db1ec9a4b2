import { access, constants, stat, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { UserError } from './user-error.ts';

/** A page that a command writes when its work is done. */
export interface PageFile {
  readonly write: (page: string) => Promise<void>;
}

/**
 * A file for a page, looked at before the work begins: a name that cannot be written is told at once, and not after minutes of work.
 * @param option the option that named it, for the error
 * @throws UserError where the file cannot be written
 */
export async function pageFile(option: string, file: string, folder: string): Promise<PageFile> {
  const path = resolve(folder, file);
  const orTell = (work: Promise<void>): Promise<void> =>
    work.catch(({ code = 'error' }: NodeJS.ErrnoException) => {
      throw new UserError(
        `${option} ${file}: the page cannot be written there (${code}); name a file in a folder that exists.`,
      );
    });
  await orTell(checkWritable(path));
  return { write: (page) => orTell(writeFile(path, page)) };
}

/** Rejects as writing the file would; makes nothing. */
async function checkWritable(path: string): Promise<void> {
  const there = await stat(path).catch(() => undefined);
  if (there?.isDirectory()) throw Object.assign(new Error('a folder'), { code: 'EISDIR' });
  await access(there ? path : dirname(path), constants.W_OK);
}
