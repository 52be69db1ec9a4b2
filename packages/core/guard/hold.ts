import type { Minute } from '../quantities.ts';

/** Why nothing may be done to a group for now. */
export type HoldKind =
  | 'paused'
  | 'human-override'
  | 'deploy'
  | 'freeze'
  | 'resets'
  /** S15: another owner, a state or a unit Evenkeel does not touch. */
  | 'not-ours';

/** What a hold covers. */
export type HoldScope =
  | { readonly kind: 'everything' }
  | { readonly kind: 'workload'; readonly workload: string }
  | { readonly kind: 'group'; readonly group: string };

/** Whom a hold may cover. */
export interface HoldSubject {
  readonly workload: string;
  /** The key of one group, account/region/name; absent: the workload as a whole. */
  readonly group?: string;
}

/** What somebody changed. */
export interface HeldChange {
  readonly field: string;
  readonly before?: number;
  readonly after?: number;
}

/** A reason not to act now. */
export interface Hold {
  readonly kind: HoldKind;
  readonly scope: HoldScope;
  readonly since: Minute;
  /** The first minute in which it no longer holds; absent: until somebody lifts it. */
  readonly until?: Minute;
  /** Who or what is behind it: a person, a stack, a tag. */
  readonly by: string;
  /** The change behind it, where a change made the hold. */
  readonly change?: HeldChange;
  readonly note?: string;
}

/** The scope as one string, for keys of tables; `everything`, `workload:checkout`, `group:1/eu-west-1/web`. */
export function scopeKey(scope: HoldScope): string {
  if (scope.kind === 'everything') return 'everything';
  return scope.kind === 'workload' ? `workload:${scope.workload}` : `group:${scope.group}`;
}

/** The keys of the scopes that cover a group of a workload, the widest first. */
export function scopesOver({ workload, group }: HoldSubject): readonly string[] {
  return [
    scopeKey({ kind: 'everything' }),
    scopeKey({ kind: 'workload', workload }),
    ...(group === undefined ? [] : [scopeKey({ kind: 'group', group })]),
  ];
}

/** Whether the hold still holds in this minute. */
export function isInForce(hold: Hold, at: Minute): boolean {
  return hold.until === undefined || hold.until > at;
}
