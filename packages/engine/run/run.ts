import type { Decision, Excuse, LedgerEntry, Outcome } from '@evenkeel/core/explain';
import { type Instant, MINUTES_PER_DAY, type Minute, minuteOf } from '@evenkeel/core/quantities';
import { entriesBack } from '../ledger/index.ts';
import { type GroupRecord, type GroupSnapshot, groupKey, type Ports } from '../ports/index.ts';
import { weighRefusals } from './refusals.ts';
import type { EngineSettings } from './settings.ts';

/** What a use case did to a group: the entries it wrote to the ledger. */
export interface RunReport {
  readonly entries: readonly LedgerEntry[];
  /** The run found the group anomalous; counts towards the fleet's brake (S24). */
  readonly anomalous?: boolean;
  /** What AWS refused, whether or not the ledger tells of it again. */
  readonly refused?: readonly { readonly what: string; readonly message: string }[];
  /** What of Evenkeel itself did not work, though the run was done. */
  readonly trouble?: { readonly part: 'metrics' | 'bus'; readonly message: string };
}

/** One use case at work on one group. One `now` for the whole run; what it decides is collected and recorded at its end. */
export interface Run {
  readonly useCase: 'tick' | 'review' | 'react';
  readonly ports: Ports;
  readonly settings: EngineSettings;
  readonly now: Instant;
  readonly minute: Minute;
  /** The first minute a step may start: the first whole one at least 60 s ahead (S4). */
  readonly firstStart: Minute;
  readonly group: GroupSnapshot;
  readonly loaded: GroupRecord | undefined;
  /** The record as it stands; saved at the end where it differs from what was loaded. */
  record: GroupRecord;
  workload: string;
  readonly entries: LedgerEntry[];
  readonly excuses: Excuse[];
  readonly refused: { readonly what: string; readonly message: string }[];
}

/** The id a decision of this run will have in the ledger: known before anything is written, so that writes can carry it (S27). */
export function decisionId(run: Pick<Run, 'useCase' | 'group' | 'minute'>, what: string): string {
  return `${run.useCase}/${groupKey(run.group.ref)}/${run.minute}/${what}`;
}

/**
 * Records a decision and what came of it; `what` tells two decisions of one kind in one run apart. What AWS refuses time and again is
 * counted and told now and then.
 */
export function decide(run: Run, decision: Decision, outcome: Outcome, what: string = decision.kind): void {
  const [first] =
    outcome.kind === 'failed' ? [outcome] : outcome.kind === 'partly-applied' ? outcome.failures : [];
  if (first) run.refused.push({ what, message: first.message });
  const { refused, told } = weighRefusals(run.record.refused ?? [], { what, outcome, at: run.minute });
  remember(run, { refused: refused.length > 0 ? refused : undefined });
  if (told) run.entries.push({ ...emptyEntry(run, decisionId(run, what)), decision, outcome: told });
}

/** Notes why something is not done; told when it begins and when it ends, not at every tick. */
export function excuse(run: Run, excuse: Excuse): void {
  const key = excuseKey(excuse);
  if (!run.excuses.some((each) => excuseKey(each) === key)) run.excuses.push(excuse);
}

/** Changes some fields of the record; `undefined` takes a field away. */
export function remember(
  run: Run,
  fields: { readonly [K in keyof GroupRecord]?: GroupRecord[K] | undefined },
): void {
  const merged = Object.entries({ ...run.record, ...fields }).filter(([, value]) => value !== undefined);
  run.record = Object.fromEntries(merged) as unknown as GroupRecord;
}

/** Ends a run: ledger first, then the record, then people. */
export async function closeRun(run: Run): Promise<RunReport> {
  const entries = withExcuses(run);
  // A review looks at other things than a tick: each remembers its own excuses.
  const others = (run.record.excuses ?? []).filter((key) => !key.startsWith(`${run.useCase}:`));
  remember(run, { excuses: [...others, ...run.excuses.map((each) => `${run.useCase}:${excuseKey(each)}`)] });
  if (entries.length > 0) await run.ports.ledger.append(entries);
  if (JSON.stringify(run.record) !== JSON.stringify(run.loaded)) {
    await run.ports.records.save(run.group.ref, run.record);
  }
  const trouble = (await tell(run, entries)) ?? unread(run);
  const anomalous = run.excuses.some(({ code }) => code === 'anomaly');
  return { entries, anomalous, refused: run.refused, ...(trouble && { trouble }) };
}

/**
 * Tells people. The ledger has it all, and what was written stands: a bus that is away is no reason for the run to fail, and what it did not
 * take is told by the next run that has one (the command line has none).
 */
async function tell(run: Run, entries: readonly LedgerEntry[]): Promise<RunReport['trouble']> {
  const { untold } = run.record;
  if (untold === undefined && entries.length === 0) return undefined;
  const late = untold && (await lateOf(run, untold));
  const news = [...(late ?? []), ...entries];
  const trouble = news.length === 0 ? undefined : await published(run, news);
  const left = [
    ...(late === undefined ? (untold ?? []) : []),
    ...(trouble === undefined ? [] : news.map(({ id }) => id)),
  ];
  remember(run, { untold: left.length === 0 ? undefined : left.slice(-MOST_UNTOLD) });
  if (untold !== undefined || trouble) await run.ports.records.save(run.group.ref, run.record);
  return trouble;
}

async function published(run: Run, entries: readonly LedgerEntry[]): Promise<RunReport['trouble']> {
  try {
    await run.ports.notices.publish(entries);
    return undefined;
  } catch (error) {
    return { part: 'bus', message: error instanceof Error ? error.message : String(error) };
  }
}

/** So many entries are told late, of the last day: more is for whoever reads the ledger. */
const MOST_UNTOLD = 50;

/** Entries that no bus has taken yet, the oldest first; undefined where the ledger cannot be read just now. */
async function lateOf(
  { ports, workload, minute }: Run,
  untold: readonly string[],
): Promise<readonly LedgerEntry[] | undefined> {
  const wanted = new Set(untold);
  const found: LedgerEntry[] = [];
  try {
    for await (const entry of entriesBack(ports.ledger, {
      workload,
      since: (minute - MINUTES_PER_DAY) as Minute,
    })) {
      if (wanted.delete(entry.id)) found.push(entry);
      if (wanted.size === 0) break;
    }
  } catch {
    return undefined;
  }
  return found.reverse();
}

/** Metrics that could not be read at all; that there are none yet is the group's own affair. */
function unread({ excuses }: Run): RunReport['trouble'] {
  const missing = excuses.find(
    ({ code, facts }) => code === 'missing-metrics' && facts.message !== undefined,
  );
  return missing && { part: 'metrics', message: String(missing.facts.message) };
}

/** When an instant lets a step start at the earliest. */
export function firstStartAt(now: Instant): Minute {
  // An instant within a minute is rounded up to the next one, which is less than 60 s ahead, and then one on.
  return (minuteOf((now + 59_999) as Instant) + 1) as Minute;
}

function excuseKey(excuse: Excuse): string {
  const value = excuse.code === 'wrong-tag' ? `=${excuse.facts.value}` : '';
  return `${excuse.code} ${excuse.bottleneck}${value}`;
}

function withExcuses(run: Run): readonly LedgerEntry[] {
  const mine = (run.record.excuses ?? []).filter((key) => key.startsWith(`${run.useCase}:`));
  const after = run.excuses.map((each) => `${run.useCase}:${excuseKey(each)}`);
  const entries = run.entries.map((entry) => ({ ...entry, excuses: run.excuses }));
  const changed = mine.toSorted().join('\n') !== after.toSorted().join('\n');
  if (!changed || entries.length > 0) return entries;
  return [{ ...emptyEntry(run, decisionId(run, 'excuses')), excuses: run.excuses }];
}

function emptyEntry(run: Run, id: string): LedgerEntry {
  const { name, account, region } = run.group.ref;
  return { id, at: run.minute, workload: run.workload, group: name, place: { account, region }, excuses: [] };
}
