import { type Hold, isInForce, scopeKey } from '@evenkeel/core/guard';
import type { WorkloadPolicy } from '@evenkeel/core/workload';
import { groupKey } from '../ports/index.ts';
import { decide, type Run, remember } from '../run/run.ts';

/** The hold in force on the group, the weightiest first: paused, a person's change, a deployment, a freeze, resets. */
export async function findHold(run: Run, policy: WorkloadPolicy): Promise<Hold | undefined> {
  const placed = await run.ports.holds.inForce({
    workload: policy.workload,
    group: groupKey(run.group.ref),
    at: run.minute,
  });
  const first = placed.find((hold) => hold.kind !== 'resets');
  return first ?? rivalHold(run) ?? (await deployHold(run)) ?? freezeHold(run, policy) ?? placed[0];
}

/** S15: another Evenkeel looks after the group. */
function rivalHold({ group, record, minute }: Run): Hold | undefined {
  const { rivalUntil: until } = record;
  if (until === undefined || until <= minute) return undefined;
  const scope = { kind: 'group', group: groupKey(group.ref) } as const;
  return { kind: 'not-ours', scope, since: minute, until, by: 'another Evenkeel' };
}

/** S14: while a stack, an instance refresh or a deployment is under way, nothing is changed. */
async function deployHold(run: Run): Promise<Hold | undefined> {
  const { group, ports, record, minute } = run;
  const scope = { kind: 'group', group: groupKey(group.ref) } as const;
  const since = record.held?.kind === 'deploy' ? record.held.since : minute;
  if (group.refresh) {
    return {
      kind: 'deploy',
      scope,
      since,
      by: `instance refresh ${group.refresh.id}`,
      note: group.refresh.status,
    };
  }
  const deployment = await ports.activity.deployment(group.ref);
  if (!deployment) return undefined;
  return {
    kind: 'deploy',
    scope,
    since,
    by: `${deployment.kind} ${deployment.name}`,
    note: deployment.status,
  };
}

function freezeHold(run: Run, policy: WorkloadPolicy): Hold | undefined {
  const { freezeUntil } = policy;
  if (freezeUntil === undefined || freezeUntil <= run.minute) return undefined;
  const since = run.record.held?.kind === 'freeze' ? run.record.held.since : run.minute;
  const scope = { kind: 'group', group: groupKey(run.group.ref) } as const;
  return { kind: 'freeze', scope, since, until: freezeUntil, by: 'evenkeel:freeze-until' };
}

/** Tells when a hold begins and when it is over, each once. */
export function noteHold(run: Run, hold: Hold | undefined): void {
  const { held } = run.record;
  const same = held && hold && held.kind === hold.kind && scopeKey(held.scope) === scopeKey(hold.scope);
  if (held && !same) {
    const ended = held.kind === 'deploy' || held.kind === 'freeze';
    const because = ended ? 'ended' : isInForce(held, run.minute) ? 'lifted' : 'expired';
    decide(run, { kind: 'release', hold: held.kind, because, by: held.by }, { kind: 'applied' });
  }
  if (hold && !same) {
    decide(
      run,
      {
        kind: 'hold',
        hold: hold.kind,
        scope: hold.scope.kind,
        by: hold.by,
        since: hold.since,
        ...(hold.until === undefined ? {} : { until: hold.until }),
        ...(hold.change === undefined ? {} : { change: hold.change }),
        ...(hold.note === undefined ? {} : { note: hold.note }),
      },
      { kind: 'applied' },
    );
  }
  remember(run, { held: hold });
}
