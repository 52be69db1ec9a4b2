import type { LedgerEntry } from '@evenkeel/core/explain';
import { BRAKE_SHARE, isBraked } from '@evenkeel/core/guard';
import { type Instant, MINUTES_PER_DAY, type Minute, minuteOf } from '@evenkeel/core/quantities';
import { type GroupRef, type GroupSnapshot, groupKey, type Ports } from '../ports/index.ts';

/** Which groups were anomalous and when last, shared by all processes that tick groups of one table: the whole fleet. */
interface Anomalies {
  readonly lastSeen: Readonly<Record<string, Minute>>;
  /** How many groups each place (account and region) has, and the day on which it last said so. */
  readonly sizes: Readonly<Record<string, { readonly groups: number; readonly day: number }>>;
  /** Since when the brake holds; absent while it does not. */
  readonly since?: Minute;
}

/** How many groups an account and region has, whether or not all of them are ticked in this run. */
export interface PlaceSize {
  readonly place: string;
  readonly groups: number;
}

/** The size of the place that the groups are of; undefined where there are none. */
export function placeOf(groups: readonly GroupSnapshot[], all = groups.length): PlaceSize | undefined {
  const [first] = groups;
  return first && { place: `${first.ref.account}/${first.ref.region}`, groups: all };
}

/** What a run over groups of one place found. */
export interface Ticked {
  readonly place: PlaceSize | undefined;
  readonly anomalous: readonly GroupRef[];
}

const COLLECTION = 'fleet';
const KEY = 'anomalies';
/** A group counts as anomalous for three ticks after it was: ticks of other places are not at the same minute. */
const COUNTS_FOR_MINUTES = 15;
/** A place that was not ticked for so long is gone: its groups are none of which a twentieth is taken. */
const GONE_AFTER_DAYS = 2;
const NOTHING: Anomalies = { lastSeen: {}, sizes: {} };
/** Two processes may want to note something at once; who loses the race reads again. */
const TRIES = 3;

/** S24: whether nothing may be lowered, by what the last ticks of all places found. A table that cannot be read brakes nothing. */
export async function readBrake(ports: Ports, place: PlaceSize | undefined, now: Instant): Promise<boolean> {
  const value = await read(ports);
  const minute = minuteOf(now);
  return isBraked(recent(value, minute).length, total(sizesWith(value.sizes, place, minute)));
}

/** Notes which of the groups just ticked are anomalous; an entry says so when that pulls the brake. Writes only on a change. */
export async function noteAnomalies(
  ports: Ports,
  ticked: Ticked,
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

function noted(before: Anomalies, { place, anomalous }: Ticked, minute: Minute): Anomalies {
  const kept = recent(before, minute);
  const lastSeen = Object.fromEntries([...kept, ...anomalous.map((ref) => [groupKey(ref), minute] as const)]);
  const sizes = sizesWith(before.sizes, place, minute);
  const braked = isBraked(Object.keys(lastSeen).length, total(sizes));
  return { lastSeen, sizes, ...(braked ? { since: before.since ?? minute } : {}) };
}

/** What is known of the fleet's size, with this place's own in place of what it told before. */
function sizesWith(
  sizes: Anomalies['sizes'],
  place: PlaceSize | undefined,
  minute: Minute,
): Anomalies['sizes'] {
  const day = Math.floor(minute / MINUTES_PER_DAY);
  // A key that is there keeps its place, so that what says the same is the same text.
  const told = place === undefined ? sizes : { ...sizes, [place.place]: { groups: place.groups, day } };
  return Object.fromEntries(Object.entries(told).filter(([, each]) => day - each.day < GONE_AFTER_DAYS));
}

function total(sizes: Anomalies['sizes']): number {
  return Object.values(sizes).reduce((sum, { groups }) => sum + groups, 0);
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
