import type { ExplainOptions } from '../commands/explain.ts';
import { painter } from '../render/paint.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { explainReport } from './explain-report.ts';
import { readLedger } from './read-ledger.ts';

/** Tells why each group of a workload has its size, from the ledger alone. */
export async function runExplain(
  workload: string,
  options: ExplainOptions,
  terminal: Terminal,
): Promise<void> {
  const entries = await readLedger(workload, options.store, terminal);
  if (options.json) {
    terminal.out(`${JSON.stringify(entries.slice(-options.last), undefined, 1)}\n`);
    return;
  }
  const groups = Map.groupBy(entries, (entry) => entry.group);
  const shown = { ...options, columns: terminal.columns, paint: painter(terminal.colour) };
  for (const [group, own] of groups) {
    terminal.out(explainReport(groups.size > 1 ? `${workload}, group ${group}` : workload, own, shown));
  }
}
