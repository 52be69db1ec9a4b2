import { type Hold, type HoldKind, isInForce, scopeKey } from '@evenkeel/core/guard';
import type { Minute } from '@evenkeel/core/quantities';
import type { WorkloadPolicy } from '@evenkeel/core/workload';
import { groupKey, groupScope } from '../ports/index.ts';
import { decide, type Run, remember } from '../run/run.ts';

/** The hold in force on the group, the weightiest first: paused, a person's change, a deployment, a freeze, resets. */
export async function findHold(
  run: Run,
  policy: Pick<WorkloadPolicy, 'workload' | 'freezeUntil'>,
): Promise<Hold | undefined> {
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
  const scope = groupScope(group.ref);
  return { kind: 'not-ours', scope, since: minute, until, by: 'another Evenkeel' };
}

/** S14: while a stack, an instance refresh or a deployment is under way, nothing is changed. */
async function deployHold(run: Run): Promise<Hold | undefined> {
  const underWay = await deployUnderWay(run);
  return (
    underWay && {
      kind: 'deploy',
      scope: groupScope(run.group.ref),
      since: heldSince(run, 'deploy'),
      ...underWay,
    }
  );
}

async function deployUnderWay({ group, ports }: Run): Promise<Pick<Hold, 'by' | 'note'> | undefined> {
  const { ref, refresh } = group;
  if (refresh) return { by: `instance refresh ${refresh.id}`, note: refresh.status };
  const deployment = await ports.activity.deployment(ref);
  return deployment && { by: `${deployment.kind} ${deployment.name}`, note: deployment.status };
}

function freezeHold(run: Run, policy: Pick<WorkloadPolicy, 'freezeUntil'>): Hold | undefined {
  const { freezeUntil } = policy;
  if (freezeUntil === undefined || freezeUntil <= run.minute) return undefined;
  const scope = groupScope(run.group.ref);
  const since = heldSince(run, 'freeze');
  return { kind: 'freeze', scope, since, until: freezeUntil, by: 'evenkeel:freeze-until' };
}

/** A hold that is read anew at every tick goes on from when it was first met. */
function heldSince({ record, minute }: Run, kind: HoldKind): Minute {
  return record.held?.kind === kind ? record.held.since : minute;
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
