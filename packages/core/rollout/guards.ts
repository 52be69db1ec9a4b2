import { groupPart } from '../plan/group-part.ts';
import type { Instances } from '../quantities.ts';

/** What watches a rollout, in the words of the field. */
export type GuardKind = 'unhealthy-hosts' | 'target-5xx' | 'latency' | 'dead-man';

/** An alarm to be made for the time of a rollout, or one the owner named. */
export type Guard =
  | {
      readonly kind: GuardKind;
      /** Deterministic, so that making it twice makes one. */
      readonly name: string;
      /** Hosts, share of requests 0 … 1, or seconds; for the dead man minutes without a sign of life. */
      readonly threshold: number;
      readonly missing: 'ignore' | 'breaching';
    }
  | { readonly kind: 'named'; readonly name: string };

export interface GuardQuestion {
  readonly group: string;
  readonly targetGroups: readonly string[];
  /** The alarm that the tag names. */
  readonly guardAlarm?: string;
  readonly size: Instances;
  /** Usual seconds of a request; absent where nobody measured it: then latency has no guard. */
  readonly usualLatency?: number;
}

export interface GuardSet {
  readonly guards: readonly Guard[];
  /** Why a person has to approve even in auto; absent where nobody has to. */
  readonly approvalOnly?: 'no-guard' | 'few-instances';
}

const FEWEST_WITHOUT_APPROVAL: Instances = 4;
const HIGH_5XX_SHARE = 0.02;
const LATENCY_RISE = 2;
const DEAD_MAN_MINUTES = 15;
/** Alarms that target tracking made are for scaling: they go off in ordinary life (S20). */
const NOT_A_GUARD = 'TargetTracking-';

/** S20: Evenkeel's own alarms or those the tag names; the dead man always (S19). Throws a RangeError on an alarm of target tracking. */
export function guardsFor(question: GuardQuestion): GuardSet {
  const { group, targetGroups, guardAlarm, size, usualLatency } = question;
  if (guardAlarm?.startsWith(NOT_A_GUARD)) {
    throw new RangeError(
      `${guardAlarm} belongs to target tracking and cannot guard a rollout; name another in evenkeel:guard-alarm`,
    );
  }
  const own = (kind: GuardKind, threshold: number, missing: 'ignore' | 'breaching'): Guard => ({
    kind,
    name: `evenkeel-guard-${groupPart(group)}-${kind}`,
    threshold,
    missing,
  });
  const balanced = targetGroups.length > 0;
  const guards: readonly Guard[] = [
    ...(balanced ? [own('unhealthy-hosts', 1, 'ignore'), own('target-5xx', HIGH_5XX_SHARE, 'ignore')] : []),
    ...(balanced && usualLatency !== undefined
      ? [own('latency', LATENCY_RISE * usualLatency, 'ignore')]
      : []),
    ...(guardAlarm === undefined ? [] : [{ kind: 'named', name: guardAlarm } as const]),
    own('dead-man', DEAD_MAN_MINUTES, 'breaching'),
  ];
  if (!balanced && guardAlarm === undefined) return { guards, approvalOnly: 'no-guard' };
  return size < FEWEST_WITHOUT_APPROVAL ? { guards, approvalOnly: 'few-instances' } : { guards };
}
