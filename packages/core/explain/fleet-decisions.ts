import type { Minute } from '../quantities.ts';
import type { BeforeAfter } from './expectation.ts';

/** What a ledger entry has for workload and group where it concerns the whole fleet. */
export const FLEET = '*';

/** What of Evenkeel may be impaired: its ticks, what it reads, what it remembers, and how it tells. */
export type HealthPart = 'ticks' | 'metrics' | 'table' | 'bus' | 'slack';

/** Evenkeel itself does not work as it should. */
export interface DegradedDecision {
  readonly kind: 'degraded';
  readonly part: HealthPart;
  readonly since: Minute;
  /** How many groups are behind, of how many; absent where no group is. */
  readonly groups?: { readonly affected: number; readonly all: number };
  /** Until when the written plans reach at least: up to then nothing is missing. Absent where plans are still written. */
  readonly planReaches?: Minute;
  /** Messages that wait, where Slack does not take them. */
  readonly waiting?: number;
  /** What was said by what failed. */
  readonly message: string;
}

export interface RecoveredDecision {
  readonly kind: 'recovered';
  readonly part: HealthPart;
  readonly since: Minute;
  readonly until: Minute;
}

/** S24: too many groups behave oddly at once; nothing is lowered anywhere. */
export interface BrakeDecision {
  readonly kind: 'brake';
  readonly anomalous: number;
  readonly all: number;
  /** The share from which the brake is pulled, 0 … 1. */
  readonly limit: number;
}

/** One workload's week. */
export interface DigestLine {
  readonly workload: string;
  /** Verified: the owner's configuration against what was billed on the demand that really came, a month. */
  readonly dollarsPerMonth?: BeforeAfter;
  /** Instance-hours of the verified days of the week. */
  readonly instanceHours?: BeforeAfter;
  readonly hotMinutesPerDay?: BeforeAfter;
  readonly changes: number;
}

/** The week: what changed, what it saved, what it cost in risk, what waits. */
export interface DigestDecision {
  readonly kind: 'digest';
  readonly from: Minute;
  readonly until: Minute;
  readonly workloads: readonly DigestLine[];
  /** By how much the replay differs from what happened, as a share; printed beside every saving (S9). */
  readonly replayError?: number;
  /** Ledger ids of what waits for an answer, with one line each. */
  readonly waiting: readonly { readonly id: string; readonly workload: string; readonly line: string }[];
  /** Messages that could not be delivered when they were due, one line each. */
  readonly undelivered: readonly { readonly workload: string; readonly line: string }[];
}

/** A person's answer, by button or command; every one is recorded, the refused ones too. */
export interface AnswerDecision {
  readonly kind: 'answer';
  readonly answer:
    | 'approve'
    | 'reject'
    | 'snooze'
    | 'roll-back'
    | 'pause'
    | 'resume'
    | 'release'
    | 'boost'
    | 'expect'
    | 'end-boost'
    | 'off';
  /** The ledger entry answered to; absent for a command. */
  readonly to?: string;
  /** The person's stable id, `slack:U024BE7LH`; never a display name, which anybody can change. */
  readonly by: string;
  readonly reason?: string;
  /** Why it was not taken: `not-allowed`, `expired`, `already-answered`, `changed-meanwhile`, `failed`. */
  readonly refused?: string;
  /** What was asked for, as the person wrote it. */
  readonly words?: string;
}

export type FleetDecision =
  | DegradedDecision
  | RecoveredDecision
  | BrakeDecision
  | DigestDecision
  | AnswerDecision;
