import { counted, dollars, excuseSentence, holdReason, number, percent, utc } from '@evenkeel/core/explain';
import { notOurs, tunablePolicy } from '@evenkeel/core/guard';
import { ceilInstances } from '@evenkeel/core/quantities';
import { LIVE_PACING } from '@evenkeel/core/replay';
import { WORKLOAD_TAG } from '@evenkeel/core/workload';
import { type Finding, ok, problem, unknown, warn } from './finding.ts';
import type { GroupFacts } from './group-facts.ts';

/** One look at a group; undefined where there is nothing to say. */
export type GroupCheck = (facts: GroupFacts) => Finding | undefined;

/** Every check of a group, in the order they are told. */
export const GROUP_CHECKS: readonly GroupCheck[] = [
  tags,
  ownership,
  hold,
  policy,
  processes,
  monitoring,
  history,
  headroom,
  template,
  startup,
  quota,
  addresses,
];

function tags({ parsed }: GroupFacts): Finding {
  if (!parsed.ok) {
    const [first] = parsed.excuses;
    const write = parsed.excuses.map(({ bottleneck, facts }) => `${bottleneck}: write ${facts.write}`);
    return problem('tags', first ? excuseSentence(first) : 'a tag cannot be read', write.join('; '));
  }
  const { tier, mode, sloUtilisation } = parsed.policy;
  return ok('tags', `tier ${tier}, mode ${mode}, SLO utilisation ${percent(sloUtilisation)}`);
}

function ownership({ group }: GroupFacts): Finding | undefined {
  const foreign = notOurs(group);
  return (
    foreign && warn('owner', excuseSentence(foreign), `Take ${WORKLOAD_TAG} off it, or what is named here.`)
  );
}

function hold({ hold: standing, record, now }: GroupFacts): Finding | undefined {
  const held = standing ?? record?.held;
  if (held === undefined || (held.until !== undefined && held.until <= now)) return undefined;
  const until = held.until === undefined ? '' : ` until ${utc(held.until)}`;
  return warn(
    'hold',
    `Evenkeel keeps its hands off${until}: ${holdReason(held.kind, held.by)}.`,
    'evenkeel resume WORKLOAD ends it.',
  );
}

/** S7. */
function policy({ group, isForeign }: GroupFacts): Finding | undefined {
  if (isForeign) return undefined;
  if (group.size.min === group.size.max) {
    return warn(
      'scaling',
      `MinSize and MaxSize are both ${group.size.min}: nothing can scale.`,
      'Raise MaxSize, or lower MinSize, to give it room.',
    );
  }
  const tunable = tunablePolicy(group.policies);
  if (tunable.kind === 'tunable') {
    const { name, target } = tunable.policy;
    return ok('scaling', `${name} tracks CPU at ${number(target)} %; in approve and auto it may be tuned`);
  }
  const { bottleneck } = tunable.excuse;
  if (bottleneck === 'no scaling policy') {
    return warn(
      'scaling',
      'It has no scaling policy: what a floor raised would never scale in again, so nothing is planned.',
      'Give it one target-tracking policy on CPU, such as 50 %, if its instances may come and go.',
    );
  }
  return warn(
    'scaling',
    `Floors only (${bottleneck}): the target is left alone.`,
    'One target-tracking policy on CPU alone can be tuned.',
  );
}

/** Without these a group is left alone (S15), which `owner` says; the others matter too. */
const HARMS: Readonly<Record<string, string>> = {
  AlarmNotification: 'its scaling policies do nothing',
  HealthCheck: 'sick instances are not noticed',
  ReplaceUnhealthy: 'sick instances are not replaced',
  AddToLoadBalancer: 'new instances get no requests',
};

function processes({ group }: GroupFacts): Finding | undefined {
  const harmful = group.suspendedProcesses.filter((process) => process in HARMS);
  const [first] = harmful;
  if (first === undefined) return undefined;
  return problem(
    'processes',
    `${harmful.join(', ')} suspended: ${HARMS[first]}.`,
    `aws autoscaling resume-processes --auto-scaling-group-name ${group.ref.name} --scaling-processes ${harmful.join(' ')}`,
  );
}

/** Seven metrics of an instance at the price of a custom metric, USD a month [CloudWatch price page]. */
const DETAILED_USD_PER_MONTH = 2.1;

/** S10. */
function monitoring({ group, isForeign }: GroupFacts): Finding | undefined {
  if (isForeign) return undefined;
  if (group.metricPeriod === 1) return ok('monitoring', 'detailed: CPU comes every minute');
  const cost = dollars(group.inService * DETAILED_USD_PER_MONTH);
  return warn(
    'monitoring',
    `Basic: CPU comes every 5 minutes, so floors rise later and the target stays at 60 % or below. Detailed monitoring costs ${dollars(DETAILED_USD_PER_MONTH)} an instance and month, about ${cost} for the ${counted(group.inService, 'instance')} now.`,
    'Set Monitoring.Enabled in the launch template; instances launched from then on have it.',
  );
}

function history({ measured, isForeign }: GroupFacts): Finding | undefined {
  if (isForeign) return undefined;
  if ('failed' in measured)
    return problem('history', `Metrics could not be read: ${measured.failed}.`, 'See the permissions above.');
  const { daysForFloors, daysForTarget } = LIVE_PACING;
  const days = measured.value?.days ?? 0;
  if (days >= daysForTarget) return ok('history', `${counted(days, 'whole day')} of demand`);
  const missing = days < daysForFloors ? `floors from day ${daysForFloors} on, ` : '';
  return warn(
    'history',
    `${counted(days, 'whole day')} of demand: ${missing}a tuned target after ${daysForTarget} days.`,
    'Nothing to do: it comes with time.',
  );
}

/** Above this share of MaxSize the next growth hits it. */
const TIGHT = 0.8;

function headroom({ measured, group }: GroupFacts): Finding | undefined {
  if ('failed' in measured || measured.value === undefined) return undefined;
  const need = ceilInstances(measured.value.highestNeed);
  const { max } = group.size;
  const says = `Demand needed up to ${counted(need, 'instance')}, MaxSize is ${max}`;
  const wanted = Math.ceil(need / TIGHT);
  if (need > max) return problem('MaxSize', `${says}: it was short.`, `Set MaxSize to ${wanted} or more.`);
  if (need > TIGHT * max)
    return warn('MaxSize', `${says}: little room is left.`, `Set MaxSize to ${wanted} or more.`);
  return ok('MaxSize', says);
}

/** S18. */
function template({ group, isForeign }: GroupFacts): Finding | undefined {
  const { templateVersion } = group.shape;
  if (isForeign || templateVersion === 'number') return undefined;
  if (templateVersion === 'none') {
    return warn(
      'template',
      'It has a launch configuration, or none: its instance type is never changed.',
      'Move it to a launch template.',
    );
  }
  return warn(
    'template',
    `Its launch template is at $${templateVersion === 'latest' ? 'Latest' : 'Default'}: better instance types are proposed, never rolled out, since AWS could not roll back.`,
    'Name the version by its number.',
  );
}

function startup({ group, isForeign }: GroupFacts): Finding | undefined {
  if (isForeign) return undefined;
  const measured = group.startup ?? group.warmup;
  if (measured !== undefined)
    return ok('start-up', `${counted(measured, 'minute')} until an instance serves`);
  return unknown(
    'start-up',
    'No launch of the last two weeks to measure; 5 minutes are assumed.',
    'The default instance warm-up of the group, where it is set, says it.',
  );
}

function quota({ room, group, vcpusPerInstance, isForeign }: GroupFacts): Finding | undefined {
  if (isForeign) return undefined;
  if ('failed' in room) return unknown('quota', `vCPU quota and subnets could not be read: ${room.failed}.`);
  if (vcpusPerInstance === undefined) return undefined;
  const { used, allowed } = room.value.vcpuQuota;
  const more = Math.max(0, group.size.max - group.desired) * vcpusPerInstance;
  const says = `${number(used, 0)} of ${number(allowed, 0)} vCPUs in use; up to MaxSize it would be ${number(more, 0)} more`;
  if (used + more <= allowed) return ok('quota', says);
  return problem(
    'quota',
    `${says}, which the quota refuses.`,
    `Ask for ${number(used + more, 0)} vCPUs in Service Quotas.`,
  );
}

function addresses({ room, group, isForeign }: GroupFacts): Finding | undefined {
  if (isForeign || 'failed' in room) return undefined;
  const { freeAddresses } = room.value;
  const more = Math.max(0, group.size.max - group.desired);
  const says = `${number(freeAddresses, 0)} addresses are free in its subnets; up to MaxSize it would take ${more}`;
  if (more <= freeAddresses) return ok('subnets', says);
  return problem('subnets', `${says}.`, 'Add a subnet, or a larger one.');
}
