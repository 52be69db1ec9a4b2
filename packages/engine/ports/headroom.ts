import type { Instances, Minute } from '@evenkeel/core/quantities';
import type { GroupRef } from './group.ts';

/** What there is room for beyond MaxSize. A part is absent where it cannot be known: then nothing is said of it. */
export interface Headroom {
  /** The account's quota that launches of the group count against. */
  readonly vcpus?: {
    /** As Service Quotas calls it, and its code. */
    readonly quota: string;
    readonly code: string;
    readonly allowed: number;
    /** The most that everything in the account had in use at once since `since`. */
    readonly peak: number;
    /** Of one instance of the group. */
    readonly perInstance: number;
  };
  /** Free addresses in each of the group's subnets. */
  readonly subnets?: readonly { readonly id: string; readonly free: number }[];
}

export interface HeadroomQuestion {
  readonly ref: GroupRef;
  /** The group's types, the present one first, and how it buys them. */
  readonly types: readonly string[];
  readonly spotShare: number;
  readonly since: Minute;
}

/** Reads what there is room for; once a night and group. */
export type ReadHeadroom = (question: HeadroomQuestion) => Promise<Headroom>;

/** How many instances of a group the limits allow, as of one reading. */
export interface Limits {
  readonly readAt: Minute;
  readonly vcpus?: {
    readonly allows: Instances;
    readonly perInstance: number;
    readonly quota: { readonly name: string; readonly code: string; readonly allowed: number };
  };
  readonly subnets?: {
    readonly allows: Instances;
    readonly free: readonly { readonly id: string; readonly free: number }[];
  };
}
