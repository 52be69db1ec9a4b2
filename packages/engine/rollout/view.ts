import type { Excuse } from '@evenkeel/core/explain';
import { notOurs } from '@evenkeel/core/guard';
import { isOurs, type ScheduledAction } from '@evenkeel/core/plan';
import type { Minute } from '@evenkeel/core/quantities';
import {
  approvalLapsed,
  capacityRatio,
  exceedsMaxSize,
  type GuardSet,
  guardsFor,
  judgeMoney,
  judgePreflight,
  judgeShare,
  type PreflightFacts,
  type ShareVerdict,
  unconvertible,
} from '@evenkeel/core/rollout';
import { parsePolicy, seriesKey, type WorkloadPolicy } from '@evenkeel/core/workload';
import {
  type DesiredShape,
  type GroupSnapshot,
  groupKey,
  hasEnded,
  type ShapeFacts,
} from '../ports/index.ts';
import { unitsSince } from '../run/shape-units.ts';
import { minuteNow, type Rollout } from './deps.ts';

/** Everything a rollout decides on, read in one go. */
export interface RolloutView {
  readonly at: Minute;
  readonly group: GroupSnapshot;
  readonly policy: WorkloadPolicy;
  readonly facts: PreflightFacts;
  readonly shape: ShapeFacts;
  readonly ownerActions: readonly ScheduledAction[];
  /** Mean demand of the last day, instances of the present shape; absent where nothing was read. */
  readonly demand?: number;
  /** Mean instances in service of the last day. */
  readonly size?: number;
  /** Highest demand ahead, the same unit. */
  readonly peak: number;
  /** Expected demand of the hours to come, a value every 5 minutes; empty without a profile. */
  readonly ahead: readonly number[];
  readonly usualLatency?: number;
}

const DAY = 1440;
const STEP = 5;
/** Without a forecast the peak is this much above the mean of the last day. */
const UNKNOWN_PEAK = 2;

/** What a plan asks a group to become. */
export function desiredShape(rollout: Rollout, policy: WorkloadPolicy): DesiredShape {
  const { from, to } = rollout.plan;
  const other = to.architecture === 'arm64' && from.architecture !== 'arm64';
  return {
    types: to.types,
    ...(other && policy.arm64Template !== undefined && { template: policy.arm64Template }),
  };
}

/** Reads group, policy, provider and demand fresh. Gives excuses where the group cannot even be looked at. */
export async function readView(rollout: Rollout): Promise<RolloutView | readonly Excuse[]> {
  const { ports, plan, ref } = rollout;
  const at = minuteNow(rollout);
  const group = await ports.groups.read(ref);
  if (!group) return [{ code: 'group-gone', bottleneck: ref.name, facts: {} }];
  const settings = await ports.settings.load(plan.workload);
  const parsed = parsePolicy(group.tags, settings.mode);
  if (!parsed.ok) return parsed.excuses;
  const { policy } = parsed;
  const foreign = notOurs(group);
  if (foreign) return [foreign];
  const shape = await ports.shapeFacts.read(ref, desiredShape(rollout, policy));
  const refresh = await ports.refreshes.latest(ref);
  const deployment = await ports.activity.deployment(ref);
  const holds = await ports.holds.inForce({ workload: plan.workload, group: groupKey(ref), at });
  const hold = holds.find((each) => each.note !== plan.id);
  const actions = await ports.scheduledActions.list(ref);
  const load = await readLoad(rollout, policy, at);
  const record = await ports.records.load(ref);
  const facts: PreflightFacts = {
    ...(refresh && !hasEnded(refresh) && { refresh: refresh.id }),
    ...(deployment && { deployment: `${deployment.kind} ${deployment.name}` }),
    ...(hold && { hold: `${hold.kind} by ${hold.by}` }),
    templateVersion: group.shape.templateVersion,
    instanceRequirements: shape.instanceRequirements,
    zones: group.zones,
    offered: shape.offered,
    vcpuQuota: shape.vcpuQuota,
    freeAddresses: shape.freeAddresses,
    ...(shape.imageArchitecture && { imageArchitecture: shape.imageArchitecture }),
    ...(shape.dryRunRefused !== undefined && { dryRunRefused: shape.dryRunRefused }),
  };
  return {
    at,
    group,
    policy,
    facts,
    shape,
    ownerActions: actions.filter((action) => !isOurs(action)),
    ...load,
    ...(record?.guardBaseline?.latencySeconds !== undefined && {
      usualLatency: record.guardBaseline.latencySeconds,
    }),
  };
}

async function readLoad(
  rollout: Rollout,
  policy: WorkloadPolicy,
  at: Minute,
): Promise<Pick<RolloutView, 'demand' | 'size' | 'peak' | 'ahead'>> {
  const { ports, ref } = rollout;
  const { demand: series, inService } = await ports.metrics.demand(ref, (at - DAY) as Minute, at);
  const counts = inService.filter((count) => count > 0);
  const size =
    counts.length === 0 ? undefined : counts.reduce((sum, count) => sum + count, 0) / counts.length;
  const known = series.values.filter((value) => !Number.isNaN(value));
  const demand = known.length === 0 ? undefined : known.reduce((sum, value) => sum + value, 0) / known.length;
  const profile = await ports.profiles.load(seriesKey(policy));
  const record = await ports.records.load(ref);
  const units = profile ? unitsSince(record?.shapes, profile.learnedAt) : 1;
  const first = profile ? Math.max(0, Math.floor((at - profile.learnedAt) / STEP)) : 0;
  const ahead = (profile?.dayAhead ?? []).slice(first, first + DAY / STEP).map((value) => value / units);
  const { expected } = await ports.settings.load(policy.workload);
  const events = expected.filter((event) => event.until > at && event.from < at + DAY);
  const factor = Math.max(1, ...events.map((event) => event.factor));
  const usual = ahead.length > 0 ? Math.max(...ahead) : UNKNOWN_PEAK * (demand ?? 0);
  return {
    ahead,
    peak: factor * usual,
    ...(demand !== undefined && { demand }),
    ...(size !== undefined && { size }),
  };
}

/** Why the rollout may not begin, as things are; and what it has to do if it may. */
export interface Readiness {
  readonly excuses: readonly Excuse[];
  readonly guards: GuardSet;
  readonly share: ShareVerdict;
  /** Capacity of a new instance in old ones, as promised. */
  readonly ratio: number;
  readonly needsApproval: boolean;
}

/** Judges everything that was read; the same before the question is asked, after the answer, and in the step that starts. */
export function judgeReadiness(rollout: Rollout, view: RolloutView): Readiness {
  const { plan } = rollout;
  const { group, policy, facts, peak } = view;
  const ratio = capacityRatio(plan, plan.promisedFactor);
  const guards = guardsFor({
    group: group.ref.name,
    targetGroups: group.targetGroups,
    ...(policy.guardAlarm !== undefined && { guardAlarm: policy.guardAlarm }),
    size: group.desired,
    ...(view.usualLatency !== undefined && { usualLatency: view.usualLatency }),
  });
  const share = judgeShare({
    peak,
    floor: Math.max(group.size.min, atPeak(view)),
    ratio,
    sloUtilisation: policy.sloUtilisation,
    maxSize: group.size.max,
  });
  const max = exceedsMaxSize({
    peak: peak / policy.sloUtilisation,
    ratio,
    zones: group.zones.length,
    survivesZoneLoss: policy.tier <= 1,
    maxSize: group.size.max,
  });
  const excuses = [
    ...modeExcuses(policy),
    ...judgePreflight({
      plan,
      facts,
      now: view.at,
      size: group.desired,
      ...(policy.window && { window: policy.window }),
      ...(policy.freezeUntil !== undefined && { freezeUntil: policy.freezeUntil }),
    }),
    ...unconvertible({ ratio, ownerActions: view.ownerActions, perInstancePolicies: perInstance(group) }),
    ...(max ? [max] : []),
    ...(share.kind === 'refused' ? [share.excuse] : []),
  ];
  const needsApproval =
    policy.mode === 'approve' ||
    guards.approvalOnly !== undefined ||
    judgeMoney(plan, rollout.settings.prices).needsApproval;
  return { excuses, guards, share, ratio, needsApproval };
}

/** S18: whether what was approved is still what would be done. */
export function lapseOf(rollout: Rollout, view: RolloutView): Excuse | undefined {
  const { plan } = rollout;
  return approvalLapsed(
    { ...plan.basis, usdPerInstanceHour: plan.usdPerInstanceHour },
    {
      size: view.size ?? view.group.desired,
      template: view.shape.template,
      usdPerInstanceHour: view.shape.usdPerInstanceHour ?? plan.usdPerInstanceHour,
      ...(view.demand !== undefined && { demand: view.demand }),
    },
  );
}

function modeExcuses({ mode }: WorkloadPolicy): readonly Excuse[] {
  if (mode === 'auto' || mode === 'approve') return [];
  return [{ code: 'mode-does-not-allow', bottleneck: 'evenkeel:mode', facts: { mode } }];
}

/** Instances that target tracking brings for the peak, where there is one. */
function atPeak({ group, peak }: RolloutView): number {
  const policy = group.policies.find((each) => each.kind === 'target-tracking' && each.enabled);
  if (policy?.kind !== 'target-tracking' || policy.metric !== 'cpu') return 0;
  return Math.min(group.size.max, Math.ceil(peak / (policy.target / 100)));
}

function perInstance(group: GroupSnapshot): readonly string[] {
  return group.policies
    .filter((policy) => policy.enabled && !(policy.kind === 'target-tracking' && policy.metric === 'cpu'))
    .map(({ name }) => name);
}
