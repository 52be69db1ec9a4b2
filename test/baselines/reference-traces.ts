import { existsSync, readFileSync } from 'node:fs';
import { prepareTrace, type Trace, type TraceRows } from '@evenkeel/core/replay';

const FOLDER = new URL('../../../shared/', import.meta.url);

export const hasTraces: boolean = existsSync(new URL('traces/demand', FOLDER));
export const hasReferenceFigures: boolean = existsSync(new URL('reference-figures/dev-3.json', FOLDER));

/** A reference trace, prepared as the benchmark does. */
export function readTrace(name: string, options: { readonly fleet?: number } = {}): Trace {
  return prepareTrace(readRows(name), options);
}

function readRows(name: string): TraceRows {
  const text = readFileSync(new URL(`traces/demand/${name}.csv`, FOLDER), 'utf8');
  const rows = text.trim().split('\n').slice(1);
  const times = rows.map((row) => Date.parse(row.slice(0, row.indexOf(','))) / 60_000);
  return {
    minutes: times.map((time) => time - times[0]!),
    values: rows.map((row) => Number(row.slice(row.indexOf(',') + 1))),
  };
}

/** R by policy and loss factor, from the second implementation. */
export type ReferenceFigures = Readonly<Record<string, Readonly<Record<string, number>>>>;

export function readReferenceFigures(startup: number, trace: string): ReferenceFigures {
  const file = new URL(`reference-figures/dev-${startup}.json`, FOLDER);
  const figures: { readonly traces: Readonly<Record<string, ReferenceFigures>> } = JSON.parse(
    readFileSync(file, 'utf8'),
  );
  return figures.traces[trace]!;
}
