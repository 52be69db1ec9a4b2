import type { Excuse } from '@evenkeel/core/explain';
import { notOurs } from '@evenkeel/core/guard';
import { isOurs, type ScheduledAction } from '@evenkeel/core/plan';
import type { Instances, Minute } from '@evenkeel/core/quantities';
import {
  approvalLapsed,
  capacityRatio,
  convertInstances,
  exceedsMaxSize,
  floorsChange,
  type GuardSet,
  guardsFor,
  judgeMoney,
  judgePreflight,
  type PreflightFacts,
  unconvertible,
} from '@evenkeel/core/rollout';
import { MODE_TAG, parsePolicy, type WorkloadPolicy } from '@evenkeel/core/workload';
import {
  type DesiredShape,
  type GroupSnapshot,
  groupKey,
  hasEnded,
  type ShapeFacts,
} from '../ports/index.ts';
import { loadRecord } from '../run/load-record.ts';
import { minuteNow, type Rollout } from './deps.ts';
import { type RolloutLoad, readLoad, sameHoursBefore, shareAtPeak } from './load.ts';

/** Everything a rollout decides on, read in one go. */
export interface RolloutView extends RolloutLoad {
  readonly at: Minute;
  readonly group: GroupSnapshot;
  readonly policy: WorkloadPolicy;
  readonly facts: PreflightFacts;
  readonly shape: ShapeFacts;
  readonly ownerActions: readonly ScheduledAction[];
  readonly usualLatency?: number;
}

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
  const record = await loadRecord(ports, ref);
  const facts: PreflightFacts = {
    ...(refresh && !hasEnded(refresh) && { refresh: refresh.id }),
    ...(deployment && { deployment: `${deployment.kind} ${deployment.name}` }),
    ...(hold && { hold: `${hold.kind} by ${hold.by}` }),
    templateVersion: group.shape.templateVersion,
    zones: group.zones,
    ...shape,
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

/** Why the rollout may not begin, as things are; and what it has to do if it may. */
export interface Readiness {
  readonly excuses: readonly Excuse[];
  readonly guards: GuardSet;
  /** MinSize that has to be in force before the first instance is replaced (S21, S22). */
  readonly floor: Instances;
  readonly needsApproval: boolean;
}

/**
 * Judges everything that was read; the same before the question is asked, after the answer, and in the step that starts.
 * @param decided the floor that was decided on before: it may be in force already, and is not to be converted once more
 */
export function judgeReadiness(rollout: Rollout, view: RolloutView, decided?: Instances): Readiness {
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
  const share = shareAtPeak(group, policy, { peak, ratio });
  const { min, max: maxSize } = group.size;
  const converted = floorsChange(ratio) === 'before' ? convertInstances(min, ratio) : min;
  const floor = decided ?? Math.min(maxSize, Math.max(converted, share.kind === 'raise' ? share.floor : 0));
  const max = exceedsMaxSize({
    peak: peak / policy.sloUtilisation,
    ratio,
    zones: group.zones.length,
    survivesZoneLoss: policy.tier <= 1,
    maxSize,
  });
  const excuses = [
    ...modeExcuses(policy),
    ...judgePreflight({
      plan,
      facts,
      now: view.at,
      size: group.desired,
      floor,
      ...(policy.window && { window: policy.window }),
      ...(policy.freezeUntil !== undefined && { freezeUntil: policy.freezeUntil }),
    }),
    ...unconvertible({ ratio, ownerActions: view.ownerActions, perInstancePolicies: perInstance(group) }),
    ...(max ? [max] : []),
    ...(share.kind === 'refused' ? [share.excuse] : []),
  ];
  const needsApproval =
    policy.mode === 'approve' ||
    plan.wayBackOf !== undefined ||
    guards.approvalOnly !== undefined ||
    judgeMoney(plan, rollout.settings.prices).needsApproval;
  return { excuses, guards, floor, needsApproval };
}

/** S18: whether what was approved is still what would be done. */
export async function lapseOf(rollout: Rollout, view: RolloutView): Promise<Excuse | undefined> {
  const { plan } = rollout;
  return approvalLapsed(
    { ...plan.basis, usdPerInstanceHour: plan.usdPerInstanceHour },
    {
      size: view.size ?? view.group.desired,
      template: view.shape.template,
      before: await sameHoursBefore(rollout, view.at, plan.basis.at),
      usdPerInstanceHour: view.shape.usdPerInstanceHour ?? plan.usdPerInstanceHour,
      ...(view.demand !== undefined && { demand: view.demand }),
    },
  );
}

function modeExcuses({ mode }: WorkloadPolicy): readonly Excuse[] {
  if (mode === 'auto' || mode === 'approve') return [];
  return [{ code: 'mode-does-not-allow', bottleneck: MODE_TAG, facts: { mode } }];
}

function perInstance(group: GroupSnapshot): readonly string[] {
  return group.policies
    .filter((policy) => policy.enabled && !(policy.kind === 'target-tracking' && policy.metric === 'cpu'))
    .map(({ name }) => name);
}
