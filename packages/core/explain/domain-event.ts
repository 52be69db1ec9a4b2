import type { Minute } from '../quantities.ts';
import type { Decision, DecisionKind, Outcome } from './decision.ts';
import type { Excuse } from './excuse.ts';
import type { LedgerEntry } from './ledger-entry.ts';

/** The schema's major version: it changes only when a reader of the old one would break. New fields do not change it. */
export const EVENT_VERSION = 1;
/** The source of every event. */
export const EVENT_SOURCE = 'evenkeel';

/**
 * A ledger entry as others read it on Evenkeel's own bus. Delivery is at least once and unordered: readers drop what they
 * have seen by `id`, and go by `minute`.
 */
export interface DomainEvent {
  readonly version: typeof EVENT_VERSION;
  /** The ledger entry's id: the same for every copy of the event. */
  readonly id: string;
  /** Minutes since 1970-01-01T00:00Z. */
  readonly minute: Minute;
  readonly workload: string;
  /** The group's name; `*` (as in `workload`) where the whole fleet is meant. */
  readonly group: string;
  readonly place?: LedgerEntry['place'];
  readonly decision?: Decision;
  readonly outcome?: Outcome;
  readonly excuses: readonly Excuse[];
}

/** The `detail-type` of entries that hold only excuses. */
export const EXCUSED = 'Evenkeel Excused';

/** The `detail-type` under which a kind of decision is published, to be matched by rules. */
export const EVENT_TYPES: Readonly<Record<DecisionKind, string>> = {
  floors: 'Evenkeel Floors Planned',
  target: 'Evenkeel Target Changed',
  strategy: 'Evenkeel Strategy Chosen',
  adoption: 'Evenkeel Group Adopted',
  'give-back': 'Evenkeel Group Given Back',
  savings: 'Evenkeel Day Verified',
  'shape-proposed': 'Evenkeel Shape Proposed',
  'shape-reviewed': 'Evenkeel Shape Reviewed',
  'shape-started': 'Evenkeel Rollout Started',
  'canary-verdict': 'Evenkeel Canary Judged',
  'shape-finished': 'Evenkeel Rollout Finished',
  'shape-rolled-back': 'Evenkeel Rollout Rolled Back',
  'shape-verified': 'Evenkeel Rollout Verified',
  boost: 'Evenkeel Boost Started',
  'boost-ended': 'Evenkeel Boost Ended',
  'launch-shortage': 'Evenkeel Launch Shortage',
  'spot-thrashing': 'Evenkeel Spot Thrashing',
  'coming-shortage': 'Evenkeel Shortage Foreseen',
  'expected-event': 'Evenkeel Demand Announced',
  hold: 'Evenkeel Hold Placed',
  release: 'Evenkeel Hold Released',
  reset: 'Evenkeel Plan Restored',
  'footing-lost': 'Evenkeel Footing Lost',
  'footing-regained': 'Evenkeel Footing Regained',
  'mode-offer': 'Evenkeel Mode Offered',
  degraded: 'Evenkeel Degraded',
  recovered: 'Evenkeel Recovered',
  brake: 'Evenkeel Brake Pulled',
  digest: 'Evenkeel Weekly Digest',
  answer: 'Evenkeel Answer Given',
};

/** The `detail-type` of an entry's event; undefined where there is nothing to tell: nothing was done and nothing hindered. */
export function eventTypeOf(entry: LedgerEntry): string | undefined {
  if (entry.decision !== undefined && entry.outcome?.kind !== 'nothing-to-do')
    return EVENT_TYPES[entry.decision.kind];
  return entry.excuses.length > 0 ? EXCUSED : undefined;
}

/** The entry as an event. */
export function domainEventOf(entry: LedgerEntry): DomainEvent {
  const { id, at, workload, group, place, decision, outcome, excuses } = entry;
  return {
    version: EVENT_VERSION,
    id,
    minute: at,
    workload,
    group,
    ...(place && { place }),
    ...(decision && { decision }),
    ...(outcome && { outcome }),
    excuses,
  };
}

/**
 * The ledger entry that an event's detail holds. Undefined where it is no event of this version, or tells of a kind of
 * decision that this release does not know: readers count and skip those.
 */
export function entryOfEvent(detail: unknown): LedgerEntry | undefined {
  if (!isRecord(detail) || detail.version !== EVENT_VERSION) return undefined;
  const { id, minute, workload, group, place, decision, outcome, excuses } = detail;
  if (typeof id !== 'string' || typeof workload !== 'string' || typeof group !== 'string') return undefined;
  if (!Number.isSafeInteger(minute) || !Array.isArray(excuses) || !excuses.every(isExcuse)) return undefined;
  if (decision !== undefined && !(isKinded(decision) && Object.hasOwn(EVENT_TYPES, decision.kind)))
    return undefined;
  if (outcome !== undefined && !isKinded(outcome)) return undefined;
  if (place !== undefined && !isPlace(place)) return undefined;
  return {
    id,
    at: minute as Minute,
    workload,
    group,
    ...(place !== undefined && { place }),
    ...(decision !== undefined && { decision: decision as unknown as Decision }),
    ...(outcome !== undefined && { outcome: outcome as unknown as Outcome }),
    excuses: excuses as readonly Excuse[],
  };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isKinded(value: unknown): value is { readonly kind: string } {
  return isRecord(value) && typeof value.kind === 'string';
}

function isPlace(value: unknown): value is NonNullable<LedgerEntry['place']> {
  return isRecord(value) && typeof value.account === 'string' && typeof value.region === 'string';
}

function isExcuse(value: unknown): boolean {
  return isRecord(value) && typeof value.code === 'string' && isRecord(value.facts);
}
