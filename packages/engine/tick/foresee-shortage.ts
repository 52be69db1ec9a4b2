import type { ComingShortageDecision } from '@evenkeel/core/explain';
import type { Plan } from '@evenkeel/core/plan';
import { type Instances, MINUTES_PER_DAY, type Minute } from '@evenkeel/core/quantities';
import type { WorkloadPolicy } from '@evenkeel/core/workload';
import { decide, type Run, remember } from '../run/run.ts';

/** S22: the peak should take at most this share of a limit. */
const MOST_OF_LIMIT = 0.8;
/** Limits are read at night; older ones say nothing of tomorrow. */
const LIMITS_HOLD_MINUTES = 2 * MINUTES_PER_DAY;

/** Tells a day ahead that the plan will hit a limit: once for each limit and day, with what is needed, what is there and what to set. */
export function foreseeShortages(run: Run, policy: WorkloadPolicy, plan: Plan): void {
  const told = (run.record.foreseen ?? []).filter((key) => dayOfKey(key) >= dayOf(run.minute));
  const shortages = [atMaxSize(run, policy, plan), ...beyondLimits(run, plan)].filter(
    (each) => each !== undefined,
  );
  const fresh = shortages.filter((each) => !told.includes(keyOf(each)));
  for (const each of fresh) {
    decide(
      run,
      each,
      { kind: 'told', because: 'the limit is yours to raise' },
      `coming-shortage/${each.limit}`,
    );
  }
  const after = [...told, ...fresh.map(keyOf)];
  if (after.join() !== (run.record.foreseen ?? []).join()) {
    remember(run, { foreseen: after.length === 0 ? undefined : after });
  }
}

/** The plan was cut at MaxSize, or at the tag's bounds. */
function atMaxSize(run: Run, { bounds }: WorkloadPolicy, plan: Plan): ComingShortageDecision | undefined {
  const { wanted, max, at } = plan.excuses.find(({ code }) => code === 'at-max-size')?.facts ?? {};
  if (typeof wanted !== 'number' || typeof max !== 'number' || typeof at !== 'number') return undefined;
  const byTag = bounds !== undefined && bounds.max === max && bounds.max < run.group.size.max;
  return {
    kind: 'coming-shortage',
    at: at as Minute,
    needs: wanted,
    limit: byTag ? 'evenkeel:bounds' : 'MaxSize',
    allows: max,
    setTo: Math.ceil(wanted / MOST_OF_LIMIT),
  };
}

function beyondLimits(run: Run, plan: Plan): readonly ComingShortageDecision[] {
  const { limits } = run.record;
  const peak = peakOf(plan);
  if (limits === undefined || peak === undefined || run.minute - limits.readAt > LIMITS_HOLD_MINUTES)
    return [];
  const { at, needs } = peak;
  const { vcpus, subnets } = limits;
  const shortages: ComingShortageDecision[] = [];
  if (vcpus !== undefined && needs > vcpus.allows) {
    const missing = (needs - vcpus.allows) * vcpus.perInstance;
    shortages.push({
      kind: 'coming-shortage',
      at,
      needs,
      limit: 'vCPU quota',
      allows: vcpus.allows,
      setTo: Math.ceil((vcpus.quota.allowed + missing) / MOST_OF_LIMIT),
      quota: vcpus.quota,
    });
  }
  if (subnets !== undefined && needs > subnets.allows) {
    const free = subnets.free.reduce((sum, each) => sum + each.free, 0);
    shortages.push({
      kind: 'coming-shortage',
      at,
      needs,
      limit: 'subnet addresses',
      allows: subnets.allows,
      setTo: free + needs - subnets.allows,
      subnets: subnets.free,
    });
  }
  return shortages;
}

/** The highest floor of the plan, which MaxSize already bounds. */
function peakOf({ segments }: Plan): { readonly at: Minute; readonly needs: Instances } | undefined {
  let peak: { readonly at: Minute; readonly needs: Instances } | undefined;
  for (const { start, floor } of segments) {
    if (floor !== undefined && floor > (peak?.needs ?? 0)) peak = { at: start, needs: floor };
  }
  return peak;
}

function keyOf({ limit, at }: ComingShortageDecision): string {
  return `${limit} ${dayOf(at)}`;
}

function dayOf(at: Minute): number {
  return Math.floor(at / MINUTES_PER_DAY);
}

function dayOfKey(key: string): number {
  return Number(key.slice(key.lastIndexOf(' ') + 1));
}
