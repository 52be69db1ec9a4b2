import { FLEET, type LedgerEntry } from '@evenkeel/core/explain';
import type { ExplainOptions } from '../commands/explain.ts';
import { painter } from '../render/paint.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { explainReport } from './explain-report.ts';
import { readLedger } from './read-ledger.ts';
import { shapeReport, shapesAsJson } from './shape-report.ts';

/** Tells why each group of a workload has its size, or its shape, from the ledger alone. */
export async function runExplain(
  workload: string,
  options: ExplainOptions,
  terminal: Terminal,
): Promise<void> {
  const entries = await readLedger(workload, options, terminal);
  const groups = byGroup(entries);
  if (options.json) {
    const told = options.shape ? shapesAsJson(groups) : entries.slice(-options.last);
    terminal.out(`${JSON.stringify(told, undefined, 1)}\n`);
    return;
  }
  const shown = { ...options, columns: terminal.columns, paint: painter(terminal.colour) };
  for (const [group, own] of groups) {
    const report = options.shape ? shapeReport : explainReport;
    terminal.out(report(groups.size > 1 ? `${workload}, group ${group}` : workload, own, shown));
  }
}

/** The entries of each group, oldest first; what concerns the whole workload is part of each group's story. */
export function byGroup(entries: readonly LedgerEntry[]): ReadonlyMap<string, readonly LedgerEntry[]> {
  const names = new Set(entries.map(({ group }) => group));
  if (names.size > 1) names.delete(FLEET);
  const own = (name: string) => entries.filter(({ group }) => group === name || group === FLEET);
  return new Map([...names].map((name) => [name, own(name)]));
}
