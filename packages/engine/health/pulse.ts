import type { HealthPart } from '@evenkeel/core/explain';
import { type Instant, type Minute, minuteOf } from '@evenkeel/core/quantities';
import type { Documents, GroupRef } from '../ports/index.ts';

/** What may be wrong with one group's tick: it failed, it could not read metrics, or nobody could be told of it. */
export type TickTrouble = Extract<HealthPart, 'ticks' | 'metrics' | 'bus'>;

/** A group whose tick did not do what it should. */
export interface Troubled {
  readonly ref: GroupRef;
  readonly part: TickTrouble;
  readonly message: string;
}

/** How the ticks of one account and region go; written by every tick, read by whoever watches. */
export interface Pulse {
  /** When a tick last ended. */
  readonly at: Minute;
  /** How many groups the place has. */
  readonly groups: number;
  /** By the group's name: what is wrong, since when, and when it was last seen so. */
  readonly troubled: Readonly<
    Record<string, { readonly part: TickTrouble; readonly since: Minute; readonly seen: Minute }>
  >;
  /** What was said by what failed, the newest of each part. */
  readonly said: Readonly<Partial<Record<TickTrouble, string>>>;
}

/** What a run over groups of one place found. */
export interface PlaceTicked {
  /** `account/region`. */
  readonly place: string;
  readonly groups: number;
  readonly ticked: readonly GroupRef[];
  readonly troubled: readonly Troubled[];
}

export const PULSES = 'pulse';
/** A group that was not ticked for so long is gone, or another's. */
const FORGOTTEN_MINUTES = 60;
const LONGEST_MESSAGE = 200;
/** Shards of a place are worked on one after the other; an overlap is rare. */
const ATTEMPTS = 3;

/** Notes how a place's ticks go. A table that is away is no reason for a tick to fail: the watch sees that by itself. */
export async function notePulse(documents: Documents, ticked: PlaceTicked, now: Instant): Promise<void> {
  if (ticked.ticked.length === 0) return;
  try {
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const standing = await documents.read<Pulse>(PULSES, ticked.place);
      const after = noted(standing?.value, ticked, minuteOf(now));
      if (JSON.stringify(standing?.value) === JSON.stringify(after)) return;
      if (await documents.write(PULSES, ticked.place, after, { expected: standing?.version ?? 0 })) return;
    }
  } catch {
    // Nobody can be told here: what is remembered stands where it cannot be reached.
  }
}

function noted(before: Pulse | undefined, ticked: PlaceTicked, at: Minute): Pulse {
  const now = new Set(ticked.ticked.map(({ name }) => name));
  const kept = Object.entries(before?.troubled ?? {}).filter(
    ([name, { seen }]) => !now.has(name) && at - seen < FORGOTTEN_MINUTES,
  );
  const fresh = ticked.troubled.map(({ ref: { name }, part }) => {
    const known = before?.troubled[name];
    const since = known !== undefined && known.part === part ? known.since : at;
    return [name, { part, since, seen: at }] as const;
  });
  const troubled = Object.fromEntries([...kept, ...fresh]);
  const parts = new Set(Object.values(troubled).map(({ part }) => part));
  const said = { ...before?.said, ...saidBy(ticked.troubled) };
  return {
    at: Math.max(at, before?.at ?? at) as Minute,
    groups: ticked.groups,
    troubled,
    said: Object.fromEntries(Object.entries(said).filter(([part]) => parts.has(part as TickTrouble))),
  };
}

function saidBy(troubled: readonly Troubled[]): Pulse['said'] {
  return Object.fromEntries(
    troubled.map(({ part, message }) => [part, message.slice(0, LONGEST_MESSAGE)] as const),
  );
}
