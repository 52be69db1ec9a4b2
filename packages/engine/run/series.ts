import { type DemandSeries, meanKnown } from '@evenkeel/core/demand';
import { MINUTES_PER_DAY, type Minute } from '@evenkeel/core/quantities';
import { seriesKey, type WorkloadPolicy } from '@evenkeel/core/workload';
import { type Document, groupKey, type SeriesMember } from '../ports/index.ts';
import { type Run, remember } from './run.ts';

const COLLECTION = 'series';
/** A member says that it lives this often, and counts as gone after four times that. */
const SIGN_EVERY_MINUTES = 15;
const GONE_AFTER_MINUTES = 60;
/** As long as CloudWatch keeps 5-minute datapoints nobody needs to know of a group that is gone. */
const REMEMBERED_MINUTES = 63 * MINUTES_PER_DAY;
const MOST_MEMBERS = 100;

/**
 * S17: profile and history belong to the series. Signs the group into it now and then, and remembers the others: a new group of the
 * series finds the history of those before it.
 */
export async function joinSeries(run: Run, policy: WorkloadPolicy): Promise<void> {
  const key = seriesKey(policy);
  const { seriesSeenAt, series } = run.record;
  const known = series === key && seriesSeenAt !== undefined;
  if (known && run.minute - seriesSeenAt < SIGN_EVERY_MINUTES) return;
  const { documents } = run.ports;
  // Two groups of a series may sign in at once: the one that comes second reads again.
  for (let attempt = 0; attempt < 3; attempt++) {
    const before = await documents.read<readonly SeriesMember[]>(COLLECTION, key);
    const members = withMember(before, run);
    if (await documents.write(COLLECTION, key, members, { expected: before?.version ?? 0 })) {
      const others = members.filter((each) => groupKey(each.ref) !== groupKey(run.group.ref));
      return remember(run, { series: key, seriesSeenAt: run.minute, siblings: others });
    }
  }
}

function withMember(
  before: Document<readonly SeriesMember[]> | undefined,
  run: Run,
): readonly SeriesMember[] {
  const me = groupKey(run.group.ref);
  const members = before?.value ?? [];
  const mine = members.find((each) => groupKey(each.ref) === me);
  const kept = members.filter(
    (each) => groupKey(each.ref) !== me && each.until > run.minute - REMEMBERED_MINUTES,
  );
  const { shapes } = run.record;
  const [type] = run.group.shape.instanceTypes;
  const sign: SeriesMember = {
    ref: run.group.ref,
    from: mine?.from ?? run.minute,
    until: run.minute,
    ...(type !== undefined && { type }),
    ...(shapes !== undefined && { shapes }),
  };
  return [...kept, sign].sort((a, b) => b.until - a.until || a.from - b.from).slice(0, MOST_MEMBERS);
}

/** The other groups of the series that were there at some time since a minute. */
export function siblingsSince(run: Run, since: Minute): readonly SeriesMember[] {
  return (run.record.siblings ?? []).filter((each) => each.until >= since);
}

/** Whether a member still stands, as far as it has said so. */
export function isLiving(member: SeriesMember, at: Minute): boolean {
  return member.until > at - GONE_AFTER_MINUTES;
}

/** A gap at the end that is no longer than this is a late datapoint, not a group that is gone. */
const LATE_MINUTES = 15;

/**
 * Demand of several groups together, and their instances in service. A group counts from its first value to its last one; gaps within
 * that take the higher neighbour, so that a missing datapoint of one never looks like less demand of all.
 * @param parts series of the same minutes
 */
export function sumSeries(parts: readonly DemandSeries[]): DemandSeries {
  const [first] = parts;
  if (first === undefined || parts.length === 1)
    return first ?? { start: 0 as Minute, values: new Float64Array(0) };
  const length = Math.max(...parts.map((part) => part.values.length));
  const values = new Float64Array(length).fill(Number.NaN);
  const inService = new Float64Array(length).fill(Number.NaN);
  for (const part of parts) {
    add(values, bridged(part.values, length));
    if (part.inService) add(inService, Float64Array.from(part.inService));
  }
  return { start: first.start, values, inService };
}

function add(sum: Float64Array, part: Float64Array): void {
  for (let i = 0; i < part.length; i++) {
    if (Number.isNaN(part[i]!)) continue;
    sum[i] = (Number.isNaN(sum[i]!) ? 0 : sum[i]!) + part[i]!;
  }
}

function bridged(values: Float64Array, length: number): Float64Array {
  const result = new Float64Array(length).fill(Number.NaN);
  result.set(values);
  let before = -1;
  for (let i = 0; i < length; i++) {
    if (Number.isNaN(result[i]!)) continue;
    if (before >= 0) result.fill(Math.max(result[before]!, result[i]!), before + 1, i);
    before = i;
  }
  const late = before >= 0 && length - before - 1 <= LATE_MINUTES;
  if (late) result.fill(result[before]!, before + 1);
  return result;
}

/** The group's part of the series' present demand, 0 … 1; 1 where it is alone or nothing is known. */
export function shareOf(own: DemandSeries, living: readonly DemandSeries[]): number {
  if (living.length === 0) return 1;
  const mine = newestMean(own.values);
  const others = living.reduce((sum, each) => sum + newestMean(each.values), 0);
  return mine + others > 0 ? mine / (mine + others) : 1 / (living.length + 1);
}

function newestMean(values: Float64Array): number {
  return meanKnown(values.subarray(-LATE_MINUTES)) || 0;
}
