import type { Minute } from '@evenkeel/core/quantities';

/** What a check-up asks of the account itself. */
export interface Checkup {
  /** Whose credentials are at work. */
  readonly caller: string;
  /** Those of the actions that the caller's policies do not allow on that resource; rejects where that cannot be found out. */
  readonly missing: (actions: readonly string[], resource: string) => Promise<readonly string[]>;
  /** The stages of Evenkeel that ticked here within a day, and when last. */
  readonly heartbeats: () => Promise<readonly { readonly stage: string; readonly at: Minute }[]>;
}
