import type { LedgerEntry } from '@evenkeel/core/explain';
import type { Profile } from '@evenkeel/core/forecast';
import type { ScheduledAction } from '@evenkeel/core/plan';
import type { Instances, Minute } from '@evenkeel/core/quantities';
import type { GroupRef, TargetTrackingPolicy } from './group.ts';

/** What was done and why, append-only. */
export interface Ledger {
  /** Appending an entry whose id is there already changes nothing: every use case may run twice. */
  append(entries: readonly LedgerEntry[]): Promise<void>;
  /** Newest first; entries of the same minute by id, the largest first. */
  recent(query: LedgerQuery): Promise<readonly LedgerEntry[]>;
}

export interface LedgerQuery {
  readonly workload: string;
  readonly limit: number;
  /** Only entries of this group. */
  readonly group?: string;
  /** Only entries before this minute. */
  readonly before?: Minute;
}

/** Under one workload and component: the groups that follow each other (blue/green), the unit of history (S17). */
export type SeriesKey = string;

/** What the nightly reviews learned; everything in it can be rebuilt from metrics. */
export interface Profiles {
  load(series: SeriesKey): Promise<Profile | undefined>;
  save(series: SeriesKey, profile: Profile): Promise<void>;
}

/** The owner's own configuration, recorded at adoption; a floor is never read back as the owner's bound (S2). */
export interface Home {
  readonly minSize: Instances;
  /** The owner's CPU target-tracking policy, absent where the group has none that can be tuned (S7). */
  readonly policy?: TargetTrackingPolicy;
}

/** What Evenkeel remembers of one group between ticks. Losing it must never hurt: the group itself remembers home (S3). */
export interface GroupRecord {
  readonly home: Home;
  readonly adoptedAt: Minute;
  /** Our steps as last written, home step included; what MinSize should be follows from the last one due (S5). */
  readonly written: readonly ScheduledAction[];
  readonly writtenAt?: Minute;
}

export interface GroupRecords {
  load(ref: GroupRef): Promise<GroupRecord | undefined>;
  save(ref: GroupRef, record: GroupRecord): Promise<void>;
  remove(ref: GroupRef): Promise<void>;
}
