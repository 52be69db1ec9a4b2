import { inBatches } from '@evenkeel/aws/call';
import type { FleetReport } from '@evenkeel/engine';
import type { Ports } from '@evenkeel/engine/ports';
import type { Invocation } from '../frame.ts';
import type { Shard } from './shard.ts';

/** Groups worked on before the time is looked at again. */
const AT_A_TIME = 5;

export interface ShardWork {
  readonly ports: Ports;
  readonly shard: Pick<Shard, 'groups'>;
  readonly invocation: Invocation;
  /** Milliseconds that the slowest few groups may take. */
  readonly reserve: number;
  /** The use case over every group its ports list; `groupsInPlace`: how many there are in the whole account and region. */
  readonly useCase: (ports: Ports, groupsInPlace: number) => Promise<FleetReport>;
}

/**
 * Runs a use case on the groups of a shard, a few at a time, as long as there is time. What is left waits for the next tick: what was done
 * stands, and is not done again. Gives how many were done, failed and postponed.
 */
export async function workOnShard({ ports, shard, invocation, reserve, useCase }: ShardWork): Promise<{
  readonly done: number;
  readonly failed: number;
  readonly postponed: number;
}> {
  const names = new Set(shard.groups);
  const all = await ports.groups.list();
  const groups = all.filter(({ ref }) => names.has(ref.name));
  const result = { done: 0, failed: 0, postponed: 0 };
  for (const few of inBatches(groups, AT_A_TIME)) {
    if (invocation.remaining() < reserve) {
      result.postponed += few.length;
      continue;
    }
    const { failures } = await useCase(
      { ...ports, groups: { ...ports.groups, list: async () => few } },
      all.length,
    );
    for (const { ref, message } of failures) invocation.log.error(`${ref.name} failed: ${message}`);
    result.done += few.length - failures.length;
    result.failed += failures.length;
  }
  invocation.count('GroupsFailed', result.failed);
  invocation.count('GroupsPostponed', result.postponed);
  return result;
}
