import { readFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { BENCH_INSTANCES, type ShapeTrace } from '@evenkeel/core/shape';
import { CsvError, parse } from 'csv-parse/sync';
import { UserError } from '../program/user-error.ts';
import { unreadable } from '../trace/read-trace.ts';

/** A per-instance trace as the load of a group of twelve such machines. */
export interface InstanceTrace extends ShapeTrace {
  /** The file's name without `.csv`. */
  readonly name: string;
}

const REMEDY =
  'give a folder with index.json and instances/, each trace with vcpus and memory_gib in the index';
/** What a choice of shapes needs; a trace without one of these is not measured. */
const COLUMNS = ['cpu_percent', 'memory_percent', 'network_in_bytes', 'network_out_bytes'] as const;

/**
 * Reads every trace of a folder that has CPU, memory and network, in order of name. Traces with fewer columns are left out.
 * @throws UserError where the folder cannot be read, has no such trace, or one of its files is not what it should be.
 */
export async function readInstanceTraces(path: string, folder: string): Promise<readonly InstanceTrace[]> {
  const listed = await readIndex(join(path, 'index.json'), folder);
  const read = await Promise.all(listed.map((entry) => readInstanceTrace(entry, path, folder)));
  const whole = read.filter((trace) => trace !== undefined);
  if (whole.length === 0)
    throw new UserError(`${path} holds no trace with ${COLUMNS.join(', ')}; ${REMEDY}.`);
  return whole.toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

interface IndexEntry {
  readonly file: string;
  readonly vcpus: number;
  readonly memoryGiB: number;
  readonly intervalSeconds: number;
}

async function readIndex(path: string, folder: string): Promise<readonly IndexEntry[]> {
  const text = await readText(path, folder);
  let index: unknown;
  try {
    index = JSON.parse(text);
  } catch {
    throw new UserError(`${path} is not JSON; ${REMEDY}.`);
  }
  const traces = Array.isArray(index) ? index : (index as { traces?: unknown } | null)?.traces;
  if (!Array.isArray(traces)) throw new UserError(`${path} has no list "traces"; ${REMEDY}.`);
  return traces.flatMap((entry: unknown) => readEntry(entry, path));
}

/** Demand traces and traces without a size stand in the same index; they are none of ours. */
function readEntry(value: unknown, path: string): readonly IndexEntry[] {
  const entry = (value ?? {}) as Readonly<Record<string, unknown>>;
  const { file, vcpus, memory_gib: memoryGiB, interval_seconds: intervalSeconds } = entry;
  if (typeof file !== 'string' || vcpus === undefined) return [];
  const figures = { vcpus, memory_gib: memoryGiB, interval_seconds: intervalSeconds };
  for (const [name, figure] of Object.entries(figures)) {
    if (typeof figure === 'number' && figure > 0) continue;
    throw new UserError(`${path}: ${name} of ${file} is not a number above 0; write one such as 4.`);
  }
  return [
    {
      file,
      vcpus: vcpus as number,
      memoryGiB: memoryGiB as number,
      intervalSeconds: intervalSeconds as number,
    },
  ];
}

/** Undefined where the file has not all columns. */
async function readInstanceTrace(
  entry: IndexEntry,
  path: string,
  folder: string,
): Promise<InstanceTrace | undefined> {
  const file = join(path, entry.file);
  const columns = readColumns(await readText(file, folder), file);
  if (!columns) return undefined;
  const { vcpus, memoryGiB, intervalSeconds } = entry;
  const [cpu, memory, bytesIn, bytesOut] = COLUMNS.map((column) => columns.get(column)!) as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  // Bytes an interval to Gbit/s; the larger direction is what a full-duplex link runs out of first.
  const gbps = (bytes: number): number => (bytes * 8) / intervalSeconds / 1e9;
  return {
    name: basename(entry.file).replace(/\.csv$/i, ''),
    source: { vcpus, memoryGiB },
    load: {
      cpu: cpu.map((percent) => (percent / 100) * vcpus * BENCH_INSTANCES),
      memory: memory.map((percent) => (percent / 100) * memoryGiB),
      network: bytesIn.map((bytes, i) => gbps(Math.max(bytes, bytesOut[i]!)) * BENCH_INSTANCES),
      instances: BENCH_INSTANCES,
    },
  };
}

/** The columns a choice needs, by name, undefined where one is not there; an empty cell holds the value above it. */
function readColumns(text: string, file: string): ReadonlyMap<string, Float64Array> | undefined {
  const [header = [], ...rows] = parseCsv(text, file);
  if (!COLUMNS.every((column) => header.includes(column))) return undefined;
  if (rows.length < 2)
    throw new UserError(`${file} has ${rows.length} rows; two are the least: history and score.`);
  const read = (name: (typeof COLUMNS)[number]): readonly [string, Float64Array] => {
    const index = header.indexOf(name);
    if (index < 0)
      throw new UserError(`${file} has no column ${name}; write the columns that index.json names.`);
    let held = 0;
    const values = rows.map((row, line) => {
      const cell = row[index] ?? '';
      if (cell !== '') held = readFigure(cell, `${file}, line ${line + 2}: ${name}`);
      return held;
    });
    return [name, Float64Array.from(values)];
  };
  return new Map(COLUMNS.map(read));
}

function parseCsv(text: string, file: string): readonly (readonly string[])[] {
  try {
    return parse(text, { bom: true, trim: true, skip_empty_lines: true });
  } catch (error) {
    if (error instanceof CsvError) throw new UserError(`${file} is not readable as CSV: ${error.message}.`);
    throw error;
  }
}

function readFigure(cell: string, where: string): number {
  const value = Number(cell);
  if (value >= 0 && Number.isFinite(value)) return value;
  throw new UserError(`${where} is ${JSON.stringify(cell)}; write a number of 0 or more, or leave it empty.`);
}

async function readText(path: string, folder: string): Promise<string> {
  try {
    return await readFile(resolve(folder, path), 'utf8');
  } catch (error) {
    throw unreadable(error, path, REMEDY);
  }
}
