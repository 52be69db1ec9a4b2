/** Demand of single machines, out of traces of all that was measured of them. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The files of a folder of instance traces, each with its first measured column (CPU, where there is CPU) as the demand:
 * name of the file and its new text, in the order of the names. Throws where there is no folder, no trace in it, or a file
 * without a column `timestamp` and one after it.
 */
export function machines(folder: string): readonly { readonly file: string; readonly text: string }[] {
  if (!existsSync(folder))
    throw new Error(`--machines ${folder}: there is no such folder; name one of instance traces`);
  const files = readdirSync(folder)
    .filter((file) => file.endsWith('.csv'))
    .toSorted();
  if (files.length === 0)
    throw new Error(`--machines ${folder}: has no .csv file; name a folder of instance traces`);
  return files.map((file) => ({ file, text: demandOf(join(folder, file)) }));
}

function demandOf(path: string): string {
  const [heading = '', ...rows] = readFileSync(path, 'utf8').trimEnd().split(/\r?\n/);
  const [time, measured] = heading.split(',');
  if (time !== 'timestamp' || measured === undefined) {
    throw new Error(`${path}: begins with "${heading}"; an instance trace begins with timestamp,cpu_percent`);
  }
  const pairs = rows.map((row) => `${row.split(',', 2).join(',')}\n`);
  return `timestamp,value\n${pairs.join('')}`;
}
