import type { Excuse } from '@evenkeel/core/explain';
import { type Instant, minuteOf } from '@evenkeel/core/quantities';
import { WORKLOAD_TAG } from '@evenkeel/core/workload';
import { type GroupRef, type GroupSnapshot, groupKey, type Ports, portErrorCode } from '../ports/index.ts';
import type { RunReport } from './run.ts';

/** What came of a run over many groups. */
export interface FleetReport extends RunReport {
  /** Groups whose run failed, with the reason; the others were not touched by it. */
  readonly failures: readonly { readonly ref: GroupRef; readonly message: string; readonly gone?: true }[];
}

/** Runs a use case on each group in turn; what throws becomes an entry of that group. */
export async function overGroups(
  ports: Ports,
  groups: readonly GroupSnapshot[],
  useCase: string,
  now: Instant,
  work: (group: GroupSnapshot) => Promise<RunReport>,
): Promise<FleetReport> {
  const entries: RunReport['entries'][number][] = [];
  const failures: { ref: GroupRef; message: string; gone?: true }[] = [];
  for (const group of groups) {
    try {
      entries.push(...(await work(group)).entries);
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      // A group that was deleted meanwhile is nothing that went wrong.
      failures.push({ ref: group.ref, message, ...(portErrorCode(error) === 'not-found' && { gone: true }) });
      entries.push(
        ...(await recordFailure(ports, group, `${useCase} ${message}`, portErrorCode(error), now)),
      );
    }
  }
  return { entries, failures };
}

/** A failed run in the ledger, once an hour per group at most; where even the ledger fails, the report still has it. */
async function recordFailure(
  ports: Ports,
  group: GroupSnapshot,
  message: string,
  code: string,
  now: Instant,
): Promise<RunReport['entries']> {
  const at = minuteOf(now);
  const gone = code === 'not-found';
  const excuse: Excuse = gone
    ? { code: 'group-gone', bottleneck: group.ref.name, facts: { message } }
    : { code: 'write-refused', bottleneck: code, facts: { message } };
  const entry = {
    id: `failure/${groupKey(group.ref)}/${Math.floor(at / 60)}/${excuse.code}`,
    at,
    workload: group.tags[WORKLOAD_TAG] ?? '',
    group: group.ref.name,
    excuses: [excuse],
  };
  try {
    await ports.ledger.append([entry]);
    return [entry];
  } catch {
    return [];
  }
}
