import type { Excuse } from '../explain/excuse.ts';
import {
  DEFAULT_MODE,
  DEFAULT_SLO_UTILISATION,
  DEFAULT_TIER,
  type Mode,
  type WorkloadPolicy,
} from './policy.ts';
import { TAG_PREFIX, TAGS, WORKLOAD_TAG } from './tags.ts';

/** A policy, or what is wrong with the tags: one excuse per wrong tag. */
export type ParsedPolicy =
  | { readonly ok: true; readonly policy: WorkloadPolicy }
  | { readonly ok: false; readonly workload: string; readonly excuses: readonly Excuse[] };

// AWS's own limits for tags.
const LONGEST_VALUE = 256;
const ALLOWED_VALUE = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;

/**
 * Reads the tags of a group. Strict: a value that cannot be read, and a key with our prefix that we do not know, are wrong, because
 * a misspelt tag would else silently mean the default. Tags of others are not looked at.
 * @param buttonMode the mode somebody set by button or command; the tag beats it
 */
export function parsePolicy(tags: Readonly<Record<string, string>>, buttonMode?: Mode): ParsedPolicy {
  const excuses: Excuse[] = [];
  let policy: WorkloadPolicy = {
    workload: '',
    tier: DEFAULT_TIER,
    mode: buttonMode ?? DEFAULT_MODE,
    sloUtilisation: DEFAULT_SLO_UTILISATION,
    metric: { kind: 'cpu' },
  };
  for (const [key, value] of Object.entries(tags).sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (!key.toLowerCase().startsWith(TAG_PREFIX)) continue;
    const reader = TAGS.find((tag) => TAG_PREFIX + tag.key === key);
    const sound = value.length <= LONGEST_VALUE && ALLOWED_VALUE.test(value);
    const part = sound ? reader?.read(value) : undefined;
    if (part) policy = { ...policy, ...part };
    else excuses.push(wrongTag(key, value, reader?.write ?? nearestKey(key)));
  }
  const named = tags[WORKLOAD_TAG];
  if (named === undefined) excuses.push(wrongTag(WORKLOAD_TAG, '', TAGS[0]!.write));
  if (excuses.length > 0) return { ok: false, workload: policy.workload || named || '', excuses };
  return { ok: true, policy };
}

/** The series a group belongs to: workload and component, never the group's name (S17). */
export function seriesKey(policy: WorkloadPolicy): string {
  return policy.component === undefined ? policy.workload : `${policy.workload}:${policy.component}`;
}

function wrongTag(key: string, value: string, write: string): Excuse {
  return { code: 'wrong-tag', bottleneck: key, facts: { key, value, write } };
}

/** What to write instead of a key nobody knows: the known one it is nearest to, or the list. */
function nearestKey(key: string): string {
  const bare = key.slice(TAG_PREFIX.length).toLowerCase();
  const ranked = TAGS.map((tag) => ({ key: tag.key, distance: editDistance(bare, tag.key) }));
  const nearest = ranked.reduce((best, each) => (each.distance < best.distance ? each : best));
  if (nearest.distance <= 2) return `the key ${TAG_PREFIX}${nearest.key}`;
  return `one of the keys ${TAGS.map((tag) => TAG_PREFIX + tag.key).join(', ')}`;
}

/** Levenshtein's distance: how many letters have to be added, dropped or changed. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(change, row[j]! + 1, next[j - 1]! + 1));
    }
    row = next;
  }
  return row[b.length]!;
}
