import type { Expectation, LedgerEntry } from '@evenkeel/core/explain';
import type { Profile } from '@evenkeel/core/forecast';
import type { Hold } from '@evenkeel/core/guard';
import type { ScheduledAction } from '@evenkeel/core/plan';
import type { Instances, Minute } from '@evenkeel/core/quantities';
import type { DayFigures } from '@evenkeel/core/savings';
import type { GroupRef, TargetTrackingPolicy } from './group.ts';
import type { Limits } from './headroom.ts';
import type { GuardReading } from './metrics.ts';
import type { SeriesMember } from './series-member.ts';
import type { ShapeStep } from './shape-step.ts';
import type { ShapeTrail } from './shape-trail.ts';

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
  /** Steps that were about to be written when a run began to write: if it died half-way, they may stand as well. */
  readonly intended?: readonly ScheduledAction[];
  /** The owner's scheduled actions as last listed, and when: they are read before a write and once an hour (S26). */
  readonly ownerActions?: readonly ScheduledAction[];
  readonly listedAt?: Minute;
  /** MinSize as it was seen at the last tick and found in order. */
  readonly minSizeSeen?: Instances;
  /** Actions that were due before this minute are accounted for in what was seen. */
  readonly accountedTo?: Minute;
  /** The target put under lease, in percent; absent while the owner's own holds (S8). */
  readonly target?: number;
  /** A target about to be put when a run began to: if it died or the answer was lost, it may stand as well. */
  readonly intendedTarget?: number;
  /** The target the last review wants, in percent; what was asked for, until when; and what was approved. */
  readonly wantedTarget?: number;
  /** What the next step towards it is expected to do. */
  readonly targetExpected?: { readonly from: number; readonly to: number; readonly expected: Expectation };
  readonly askedTarget?: { readonly to: number; readonly until: Minute };
  readonly approvedTarget?: number;
  /** When the target last rose: at most once a day (S8). */
  readonly targetRaisedAt?: Minute;
  /** When the switch out of observe was offered: once (S1). */
  readonly offeredAt?: Minute;
  /** Adopted again after its record was lost: changes from here on may not have been dealt with. */
  readonly trailFrom?: Minute;
  /** Up to when the audit trail was read. */
  readonly trailReadAt?: Minute;
  /** Since when a change stands that no trail explains yet. */
  readonly unexplainedSince?: Minute;
  /** Ids of the trail's changes that were dealt with, the latest fifty. */
  readonly judgedChanges?: readonly string[];
  /** The floor in force as last decided: what is put again after a reset. */
  readonly lastFloor?: Instances;
  /** When infrastructure code wrote home values back, in the last week (S13). */
  readonly resets?: readonly Minute[];
  /** MinSize as it was in force in the last day and a half: [minute, instances], in order. */
  readonly floorTrail?: readonly (readonly [Minute, Instances])[];
  /** The last days, verified: what the replay gate judges by (S9). */
  readonly days?: readonly DayFigures[];
  /** Until when Evenkeel stands back because it met another one in the group (S15). */
  readonly rivalUntil?: Minute;
  /** How many instances quota and subnets allow, as the last review read it. */
  readonly limits?: Limits;
  /** Shortages that were told, by limit and day. */
  readonly foreseen?: readonly string[];
  /** What was announced or asked for and in force at the last tick. */
  readonly events?: readonly StandingEvent[];
  /** The hold that was in force at the last tick: its begin and end are told once. */
  readonly held?: Hold;
  /** The series the group signed in to, when, and the other groups of it (S17). */
  readonly series?: SeriesKey;
  readonly seriesSeenAt?: Minute;
  readonly siblings?: readonly SeriesMember[];
  /** Changes of shape: numbers in instances from before one are converted (S22). The latest few. */
  readonly shapes?: readonly ShapeStep[];
  /** When the shape was last looked at, and what the ledger says of shapes up to then. */
  readonly shapeReviewedAt?: Minute;
  readonly shapeTrail?: ShapeTrail;
  /** Keys of the excuses that stand: told once, not at every tick. */
  readonly excuses?: readonly string[];
  /** Writes that were refused at their last try. */
  readonly refused?: readonly StandingRefusal[];
  /** How the guard signals are when nothing is wrong, to tell a rise from (S6). */
  readonly guardBaseline?: GuardReading;
  /** The day on which a recommended plan was last told: once a day is enough. */
  readonly toldDay?: number;
  /** Ids of entries that no bus has taken: told by the next run that has one. */
  readonly untold?: readonly string[];
  /** Set once everything was taken back (mode off): nothing is left to look after. */
  readonly leftAt?: Minute;
}

/** A write that AWS refuses at every try: told now and then, counted in between. */
export interface StandingRefusal {
  /** What is written: the kind of decision, or what tells two of a kind apart. */
  readonly what: string;
  /** Why, without what differs from try to try. */
  readonly reason: string;
  readonly since: Minute;
  readonly last: Minute;
  readonly times: number;
  readonly toldAt: Minute;
}

/** Announced demand, or a boost, that floors stand on; what it held is told when it ends. */
export interface StandingEvent {
  readonly name: string;
  readonly from: Minute;
  readonly until: Minute;
  /** Desired size when the first tick saw it: a boost comes on top of that. Absent in older records. */
  readonly sizeBefore?: Instances;
  /** The highest floor, and the most instances that demand needed, while it stood. */
  readonly floor: Instances;
  readonly highestNeed?: Instances;
  /** By how much the floor was above the plan's at the last tick, and instance-minutes of that up to then. */
  readonly onTop: Instances;
  readonly extra: number;
  readonly seenAt: Minute;
}

export interface GroupRecords {
  load(ref: GroupRef): Promise<GroupRecord | undefined>;
  save(ref: GroupRef, record: GroupRecord): Promise<void>;
  remove(ref: GroupRef): Promise<void>;
}
