import { BEST_CLASSIC, type BenchRow, EVENKEEL } from './bench-row.ts';

/** A geometric mean over the traces, as `bench --json` gives it. */
export interface GeomeanRow {
  readonly startup: number;
  readonly lossFactor: number;
  readonly policy: string;
  readonly riskAdjustedCost: number;
  readonly fleet?: number;
}

/** Rows of one table: the same start-up time, loss factor and fleet. */
export interface Case {
  readonly startup: number;
  readonly lossFactor: number;
  readonly fleet?: number;
  readonly rows: readonly BenchRow[];
}

/** Splits rows into their cases, in order of appearance. */
export function casesOf(rows: readonly BenchRow[]): readonly Case[] {
  const groups = Map.groupBy(rows, (row) => `${row.fleet ?? ''}/${row.startup}/${row.lossFactor}`);
  return [...groups.values()].map((group) => {
    const { startup, lossFactor, fleet } = group[0] as BenchRow;
    return { startup, lossFactor, ...(fleet === undefined ? {} : { fleet }), rows: group };
  });
}

/** exp of the mean logarithm; NaN for none. */
export function geometricMean(values: readonly number[]): number {
  return Math.exp(values.reduce((sum, value) => sum + Math.log(value), 0) / values.length);
}

/** The geometric mean of each policy in each case, over all traces. */
export function geometricMeans(rows: readonly BenchRow[]): readonly GeomeanRow[] {
  return casesOf(rows).flatMap(({ rows: group, ...head }) =>
    [...Map.groupBy(group, (row) => row.policy)].map(([policy, own]) => ({
      ...head,
      policy,
      riskAdjustedCost: geometricMean(own.map((row) => row.riskAdjustedCost)),
    })),
  );
}

/** Evenkeel's cost on one trace as a ratio to another policy's. */
export interface TraceRatio {
  readonly trace: string;
  readonly ratio: number;
}

/** Evenkeel against another policy, trace by trace, the worst first. */
export function ratiosTo(policy: string, rows: readonly BenchRow[]): readonly TraceRatio[] {
  const other = new Map(rows.filter((row) => row.policy === policy).map((row) => [row.trace, row]));
  return rows
    .filter((row) => row.policy === EVENKEEL)
    .map((row) => ({
      trace: row.trace,
      ratio: row.riskAdjustedCost / (other.get(row.trace)?.riskAdjustedCost ?? Number.NaN),
    }))
    .toSorted((a, b) => b.ratio - a.ratio);
}

/** How Evenkeel's ratio to best classic moves when each trace is left out in turn. */
export interface LeaveOneOut {
  readonly least: number;
  readonly most: number;
  /** The trace without which the ratio is worst: the one Evenkeel's advantage leans on most. */
  readonly leansOn: string;
}

/** Geometric means of Evenkeel / best classic with each trace left out; undefined for fewer than two traces. */
export function leaveOneOut(rows: readonly BenchRow[]): LeaveOneOut | undefined {
  const ratios = ratiosTo(BEST_CLASSIC, rows);
  if (ratios.length < 2) return undefined;
  const means = ratios.map(({ trace }) => ({
    trace,
    ratio: geometricMean(ratios.filter((other) => other.trace !== trace).map((other) => other.ratio)),
  }));
  const sorted = means.toSorted((a, b) => a.ratio - b.ratio);
  const [first] = sorted;
  const last = sorted.at(-1);
  if (first === undefined || last === undefined) return undefined;
  return { least: first.ratio, most: last.ratio, leansOn: last.trace };
}
