/**
 * Writes demand besides the reference traces, to be played by the bench; the same files at every run:
 *   npm run bench:unseen -- FOLDER [--machines ../shared/traces/instances]
 *   npm run bench -- --traces FOLDER/patterns
 * FOLDER/patterns has the named patterns, FOLDER/compositions drawn ones, FOLDER/fresh the draws after them. With --machines, a folder of instance traces,
 * FOLDER/machines has the first measured column of each machine, mostly CPU, as a demand.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { compositions, freshCompositions } from './compositions.ts';
import { machines } from './machines.ts';
import { patterns } from './patterns.ts';
import { csvOf, type UnseenTrace } from './trace.ts';

interface File {
  readonly file: string;
  readonly text: string;
}

/** Writes the folders that `args` ask for and tells each; throws where FOLDER is missing or --machines is no such folder. */
export function writeUnseen(args: readonly string[], tell: (line: string) => void): void {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: { machines: { type: 'string' } },
    allowPositionals: true,
  });
  const [folder, ...others] = positionals;
  if (folder === undefined || others.length > 0) {
    throw new Error(
      `one FOLDER to write to is needed, given: ${positionals.length}; write npm run bench:unseen -- FOLDER`,
    );
  }
  // Read before anything is written: a wrong folder leaves nothing half done.
  const ofMachines = values.machines === undefined ? undefined : machines(values.machines);
  tell(writeAll(join(folder, 'patterns'), filesOf(patterns())));
  tell(writeAll(join(folder, 'compositions'), filesOf(compositions())));
  tell(writeAll(join(folder, 'fresh'), filesOf(freshCompositions())));
  if (ofMachines !== undefined) tell(writeAll(join(folder, 'machines'), ofMachines));
}

function* filesOf(traces: Iterable<UnseenTrace>): Generator<File> {
  for (const trace of traces) yield { file: `${trace.name}.csv`, text: csvOf(trace) };
}

function writeAll(folder: string, files: Iterable<File>): string {
  mkdirSync(folder, { recursive: true });
  let count = 0;
  for (const { file, text } of files) {
    writeFileSync(join(folder, file), text);
    count++;
  }
  return `${folder}: ${count} traces; play them with npm run bench -- --traces ${folder}`;
}

if (import.meta.main) {
  try {
    writeUnseen(process.argv.slice(2), console.log);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
