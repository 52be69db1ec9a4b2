import type { LedgerEntry } from '@evenkeel/core/explain';
import type { ExplainOptions } from '../commands/explain.ts';
import { loadDemo } from '../demo/saved-demo.ts';
import { UserError } from '../program/user-error.ts';
import { painter } from '../render/paint.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { explainReport } from './explain-report.ts';

/** Tells why a workload of the last demo has its size, from the ledger alone. */
export async function runExplain(
  workload: string,
  options: ExplainOptions,
  terminal: Terminal,
): Promise<void> {
  const { entries, workloads } = await loadDemo(terminal.folder);
  if (!workloads.includes(workload)) {
    throw new UserError(
      `the demo has no workload ${JSON.stringify(workload)}; it has ${workloads.join(', ')}.`,
    );
  }
  const own = entries.filter((entry) => entry.workload === workload);
  if (options.json) terminal.out(`${JSON.stringify(lastOf(own, options.last), undefined, 1)}\n`);
  else
    terminal.out(
      explainReport(workload, own, {
        ...options,
        columns: terminal.columns,
        paint: painter(terminal.colour),
      }),
    );
}

function lastOf(entries: readonly LedgerEntry[], last: number): readonly LedgerEntry[] {
  return entries.slice(-last);
}
