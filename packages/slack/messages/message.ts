import type { LedgerEntry } from '@evenkeel/core/explain';
import type { Minute } from '@evenkeel/core/quantities';
import type { Block } from './block.ts';

/** `answer`: waits for a person; `alert`: somebody should look; `change`: worth knowing. Routine is never a message. */
export type Importance = 'answer' | 'alert' | 'change';

/** What a button does when it is pressed; the words of the command line. */
export type ButtonKind =
  | 'approve'
  | 'reject'
  | 'snooze'
  | 'why'
  | 'roll-back'
  | 'pause'
  | 'resume'
  | 'release'
  | 'end-boost';

/** What the message is about, for its sign in Slack and in a terminal. */
export type Sign =
  | 'question'
  | 'warning'
  | 'stop'
  | 'good'
  | 'back'
  | 'change'
  | 'up'
  | 'down'
  | 'hand'
  | 'calendar'
  | 'report';

/**
 * What a message says, in mrkdwn. Every part is there in every message: a reader never has to ask what it was before,
 * why, what it costs, what can go wrong, what comes next and how to stop it.
 */
export interface Telling {
  readonly importance: Importance;
  readonly sign: Sign;
  /** Half a sentence, after the workload's name. */
  readonly headline: string;
  readonly before: string;
  readonly after: string;
  /** One sentence with the two numbers that decided. */
  readonly why: string;
  readonly money: string;
  readonly risk: string;
  readonly next: string;
  readonly stop: string;
  /** What makes it the same thing: two tellings of a workload with the same `once` are one message. */
  readonly once: string;
  readonly buttons: readonly ButtonKind[];
  /** The first minute in which an answer does nothing any more. */
  readonly answerBefore?: Minute;
  /** The change of shape it tells of: several messages do, and it is rolled back once. */
  readonly rollout?: string;
  /** Further lines: workloads of a digest, code to paste. */
  readonly lines?: readonly string[];
  /** Whether demand, floors and capacity around the message's time help to understand it. */
  readonly chart?: boolean;
}

/** A message as it is sent, and as it is kept until it is. Plain JSON. */
export interface Message {
  /** The same thing is told once: a function of the decision. */
  readonly dedupeKey: string;
  /** The key as a short id: what buttons carry and stores use. */
  readonly id: string;
  /** What kind of thing it tells: the same kind from many workloads at once is one message. */
  readonly kind: string;
  /** `*` where it concerns the whole fleet. */
  readonly workload: string;
  /** The groups told of, by name, and where they are. */
  readonly groups: readonly string[];
  readonly place?: LedgerEntry['place'];
  /** The day of `at` in universal time, `2026-11-23`: one thread per workload and day. */
  readonly day: string;
  readonly at: Minute;
  readonly importance: Importance;
  /** One line for notifications and screen readers, without mrkdwn. */
  readonly text: string;
  readonly blocks: readonly Block[];
  readonly buttons: readonly ButtonKind[];
  /** The ledger entries it tells of; the first one is what an answer is about. */
  readonly entries: readonly string[];
  readonly telling: Telling;
  /** Belongs under what was said that day; where nothing was said, it is not needed. */
  readonly onlyInThread?: boolean;
  /** Never shown in the channel beside the thread. */
  readonly quiet?: boolean;
}
