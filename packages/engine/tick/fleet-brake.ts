import type { LedgerEntry } from '@evenkeel/core/explain';
import { BRAKE_SHARE, isBraked } from '@evenkeel/core/guard';
import { type Instant, type Minute, minuteOf } from '@evenkeel/core/quantities';
import { type GroupRef, type GroupSnapshot, groupKey, type Ports } from '../ports/index.ts';

/** Which groups were anomalous and when last, shared by all processes that tick groups of one table: the whole fleet. */
interface Anomalies {
  readonly lastSeen: Readonly<Record<string, Minute>>;
  /** How many groups each place (account and region) has. */
  readonly sizes: Readonly<Record<string, number>>;
  /** Since when the brake holds; absent while it does not. */
  readonly since?: Minute;
}

const COLLECTION = 'fleet';
const KEY = 'anomalies';
/** A group counts as anomalous for three ticks after it was: ticks of other places are not at the same minute. */
const COUNTS_FOR_MINUTES = 15;
const NOTHING: Anomalies = { lastSeen: {}, sizes: {} };
/** Two processes may want to note something at once; who loses the race reads again. */
const TRIES = 3;

/** S24: whether nothing may be lowered, by what the last ticks of all places found. A table that cannot be read brakes nothing. */
export async function readBrake(
  ports: Ports,
  groups: readonly GroupSnapshot[],
  now: Instant,
): Promise<boolean> {
  const value = await read(ports);
  return isBraked(recent(value, minuteOf(now)).length, total(sizesWith(value.sizes, groups)));
}

/** Notes which of the groups just ticked are anomalous; an entry says so when that pulls the brake. Writes only on a change. */
export async function noteAnomalies(
  ports: Ports,
  ticked: { readonly groups: readonly GroupSnapshot[]; readonly anomalous: readonly GroupRef[] },
  now: Instant,
): Promise<readonly LedgerEntry[]> {
  const minute = minuteOf(now);
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const document = await ports.documents.read<Anomalies>(COLLECTION, KEY);
    const before = document?.value ?? NOTHING;
    const after = noted(before, ticked, minute);
    if (JSON.stringify(before) === JSON.stringify(after)) return [];
    const how = { expected: document?.version ?? 0 };
    if (await ports.documents.write(COLLECTION, KEY, after, how)) return pulled(ports, before, after);
  }
  return [];
}

function noted(
  before: Anomalies,
  {
    groups,
    anomalous,
  }: { readonly groups: readonly GroupSnapshot[]; readonly anomalous: readonly GroupRef[] },
  minute: Minute,
): Anomalies {
  const kept = recent(before, minute);
  const lastSeen = Object.fromEntries([...kept, ...anomalous.map((ref) => [groupKey(ref), minute] as const)]);
  const sizes = sizesWith(before.sizes, groups);
  const braked = isBraked(Object.keys(lastSeen).length, total(sizes));
  return { lastSeen, sizes, ...(braked ? { since: before.since ?? minute } : {}) };
}

/** What is known of the fleet's size, with the groups at hand in place of what their places had before. */
function sizesWith(
  sizes: Anomalies['sizes'],
  groups: readonly GroupSnapshot[],
): Readonly<Record<string, number>> {
  const here: Record<string, number> = {};
  for (const { ref } of groups) {
    const place = `${ref.account}/${ref.region}`;
    here[place] = (here[place] ?? 0) + 1;
  }
  return { ...sizes, ...here };
}

function total(sizes: Anomalies['sizes']): number {
  return Object.values(sizes).reduce((sum, size) => sum + size, 0);
}

function recent({ lastSeen }: Anomalies, minute: Minute): readonly (readonly [string, Minute])[] {
  return Object.entries(lastSeen).filter(([, seen]) => minute - seen < COUNTS_FOR_MINUTES);
}

/** The one entry of a brake that begins. */
async function pulled(ports: Ports, before: Anomalies, after: Anomalies): Promise<readonly LedgerEntry[]> {
  if (after.since === undefined || before.since !== undefined) return [];
  const anomalous = Object.keys(after.lastSeen).length;
  const entry: LedgerEntry = {
    id: `brake/${after.since}`,
    at: after.since,
    workload: '*',
    group: '',
    decision: { kind: 'brake', anomalous, all: total(after.sizes), limit: BRAKE_SHARE },
    outcome: { kind: 'applied' },
    excuses: [],
  };
  await ports.ledger.append([entry]);
  await ports.notices.publish([entry]);
  return [entry];
}

async function read(ports: Ports): Promise<Anomalies> {
  try {
    return (await ports.documents.read<Anomalies>(COLLECTION, KEY))?.value ?? NOTHING;
  } catch {
    return NOTHING;
  }
}
