import type { LedgerEntry } from '@evenkeel/core/explain';
import { type Instant, type Minute, minuteOf } from '@evenkeel/core/quantities';
import type { Document, Ports } from '../ports/index.ts';
import { degraded, recovered, tell } from './health-entries.ts';
import { judge, TOLD_AFTER_MINUTES, type Told } from './judge.ts';
import { PULSES, type Pulse } from './pulse.ts';
import { keyOf, troublesOf, type WatchedPlace } from './troubles.ts';

export type HealthPorts = Pick<Ports, 'documents' | 'ledger' | 'notices'>;

/** What a process keeps between two looks, for the one trouble that no table can remember: that the table is away. */
export interface HealthMemory {
  tableAwaySince?: Minute;
  tableTold?: boolean;
}

interface Health {
  readonly told: Told;
  /** Places whose groups cannot be listed, and since when. */
  readonly unlisted: Readonly<Record<string, Minute>>;
}

const COLLECTION = 'health';
const KEY = 'told';
const NOTHING: Health = { told: {}, unlisted: {} };
const MOST_PLACES = 1_000;
const ATTEMPTS = 3;

/**
 * Looks whether Evenkeel itself works, over all places: ticks that fail or do not come, metrics that cannot be read, a bus or a table that is
 * away. What lasts for three ticks is told once with what still works, and told once more when it has been over for three. Whoever looks
 * first tells; looking often, or from several processes, tells nothing twice.
 */
export async function watchHealth(
  ports: HealthPorts,
  places: readonly WatchedPlace[],
  now: Instant,
  memory: HealthMemory = {},
): Promise<readonly LedgerEntry[]> {
  const at = minuteOf(now);
  let pulses: readonly Document<Pulse>[];
  try {
    pulses = await ports.documents.list<Pulse>(PULSES, MOST_PLACES);
  } catch (error) {
    return tableIsAway(ports, memory, { at, groups: all(places), message: messageOf(error) });
  }
  // What the pulses say is as old as the table's absence: the next look, after fresh ticks, judges them.
  if (memory.tableAwaySince !== undefined) return tableIsBack(ports, memory, at);
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const standing = await ports.documents.read<Health>(COLLECTION, KEY);
    const before = standing?.value ?? NOTHING;
    const unlisted = unlistedSince(before, { places, pulses, at });
    const { told, entries } = judge(before.told, troublesOf(pulses, places, { at, unlisted }), {
      at,
      groups: all(places),
    });
    const after: Health = { told, unlisted };
    if (JSON.stringify(before) === JSON.stringify(after)) return [];
    // Told before it is noted: who dies in between, or is overtaken, has told it under the same id.
    await tell(ports, entries);
    const how = { expected: standing?.version ?? 0 };
    if (await ports.documents.write(COLLECTION, KEY, after, how)) return entries;
  }
  return [];
}

/** Only this process knows how long the table has been away, and only the bus can be told. */
async function tableIsAway(
  { notices }: HealthPorts,
  memory: HealthMemory,
  { at, groups, message }: { readonly at: Minute; readonly groups: number; readonly message: string },
): Promise<readonly LedgerEntry[]> {
  const since = memory.tableAwaySince ?? at;
  memory.tableAwaySince = since;
  if (memory.tableTold || at - since < TOLD_AFTER_MINUTES) return [];
  const lasting = [{ part: 'table', since, affected: groups, message }] as const;
  const entry = degraded('table', { since, at, lasting, groups });
  await notices.publish([entry]);
  memory.tableTold = true;
  return [entry];
}

async function tableIsBack(
  ports: HealthPorts,
  memory: HealthMemory,
  at: Minute,
): Promise<readonly LedgerEntry[]> {
  const { tableAwaySince: since, tableTold } = memory;
  delete memory.tableAwaySince;
  delete memory.tableTold;
  if (since === undefined || !tableTold) return [];
  const entry = recovered('table', { since, until: at, at });
  await tell(ports, [entry]);
  return [entry];
}

/** Stays until a tick has ended there: who looks with another role may see what the timer does not. */
function unlistedSince(
  { unlisted }: Health,
  seen: {
    readonly places: readonly WatchedPlace[];
    readonly pulses: readonly Document<Pulse>[];
    readonly at: Minute;
  },
): Health['unlisted'] {
  const ticked = new Map(seen.pulses.map(({ key, value }) => [key, value.at]));
  const standing = Object.entries(unlisted).filter(([key, since]) => (ticked.get(key) ?? 0) <= since);
  const failing = seen.places.filter(({ problem }) => problem !== undefined).map(keyOf);
  return Object.fromEntries([...failing.map((key) => [key, seen.at] as const), ...standing]);
}

function all(places: readonly WatchedPlace[]): number {
  return places.reduce((sum, { groups }) => sum + groups, 0);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
