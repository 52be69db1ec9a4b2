import type { Tier } from '@evenkeel/core/workload';
import type { Answering as AnyAnswering, Standing } from '@evenkeel/engine/answers';
import type { Outbox } from '../delivery/outbox.ts';
import type { Members, WhoMay } from './who-may.ts';

/** Everything answering in Slack works with. */
export interface Answering extends AnyAnswering {
  readonly outbox: Outbox;
  readonly who: WhoMay;
  readonly members: Members;
  /** Whether what a message tells of still stands. */
  readonly stands: (standing: Standing) => Promise<boolean>;
  /** The tier of a workload as its tags say now; undefined where no group carries the name. */
  readonly tierOf: (workload: string) => Promise<Tier | undefined>;
  /** A private reply, by the address that came with the request: five in thirty minutes at the most. */
  readonly reply: (responseUrl: string | undefined, text: string) => Promise<void>;
}
