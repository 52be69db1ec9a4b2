import type { Balancing, LaunchFacts } from '@evenkeel/core/rollout';
import type { GroupRef } from './group.ts';
import type { DesiredShape } from './refreshes.ts';

/** What the provider says about a group in another shape; read fresh before every rollout. */
export interface ShapeFacts extends LaunchFacts {
  /** The launch template in use and its version, as one string. */
  readonly template: string;
  /** What an instance of the present and of the first desired type costs now, USD; absent where no newer price is known. */
  readonly usdPerInstanceHour?: { readonly old: number; readonly fresh: number };
  /** How the group's load balancer deals requests out; absent where it has none. */
  readonly balancing?: Balancing;
}

/** Reads what preflight needs beyond the group itself. */
export interface ShapeFactsReader {
  read(ref: GroupRef, desired: DesiredShape): Promise<ShapeFacts>;
  /** How requests are dealt out now, alone: what a canary is judged by must not hang on quotas and images (S21). */
  balancing(ref: GroupRef): Promise<Balancing | undefined>;
}
