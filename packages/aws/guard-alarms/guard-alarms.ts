import type { AutoScalingClient } from '@aws-sdk/client-auto-scaling';
import {
  type CloudWatchClient,
  DeleteAlarmsCommand,
  DescribeAlarmsCommand,
  PutMetricAlarmCommand,
  type StateValue,
} from '@aws-sdk/client-cloudwatch';
import {
  type AlarmState,
  type GroupRef,
  GUARD_PREFIX,
  type GuardAlarms,
  type WriteContext,
} from '@evenkeel/engine/ports';
import type { TargetGroups } from '../balancers/target-groups.ts';
import { call, inBatches, unlessMissing } from '../call.ts';
import { AwsError } from '../errors.ts';
import { describeGroup } from '../groups/describe-group.ts';
import { targetGroupsOf } from '../groups/group-snapshot.ts';
import { alarmRequest, type OwnGuard } from './alarm-request.ts';

export interface GuardAlarmsOptions {
  readonly cloudWatch: CloudWatchClient;
  readonly autoScaling: AutoScalingClient;
  readonly targetGroups: Pick<TargetGroups, 'names'>;
  /** The stage whose sign of life the dead man watches. */
  readonly stage: string;
}

/** What DescribeAlarms and DeleteAlarms take in one call. */
const MOST_NAMES = 100;

const STATES: Readonly<Record<StateValue, AlarmState>> = {
  OK: 'ok',
  ALARM: 'alarm',
  INSUFFICIENT_DATA: 'insufficient-data',
};

/**
 * Guards as CloudWatch alarms. One that nothing can be watched by (no load balancer before the target group, one of the network where requests
 * are asked for) is not made: its state stays `missing`, and no rollout begins (S20).
 */
export function createGuardAlarms(options: GuardAlarmsOptions): GuardAlarms {
  const { cloudWatch, autoScaling, targetGroups, stage } = options;

  const statesOf = async (names: readonly string[]): Promise<ReadonlyMap<string, AlarmState>> => {
    const states = new Map<string, AlarmState>();
    for (const AlarmNames of inBatches([...new Set(names)], MOST_NAMES)) {
      const command = new DescribeAlarmsCommand({
        AlarmNames,
        AlarmTypes: ['MetricAlarm', 'CompositeAlarm'],
        MaxRecords: MOST_NAMES,
      });
      const { MetricAlarms: metric = [], CompositeAlarms: composite = [] } = await call(cloudWatch, command);
      for (const { AlarmName: name, StateValue: state } of [...metric, ...composite]) {
        if (name !== undefined && state !== undefined) states.set(name, STATES[state]);
      }
    }
    return states;
  };

  return {
    async create(ref, guards, context) {
      const own = guards.filter((guard): guard is OwnGuard => guard.kind !== 'named');
      refuseForeign(
        ref,
        own.map(({ name }) => name),
      );
      const arns = targetGroupsOf(await describeGroup(autoScaling, ref));
      const balancers = await targetGroups.names(arns);
      for (const guard of own) {
        const request = alarmRequest(guard, { group: ref.name, balancers, stage });
        if (request) await call(cloudWatch, new PutMetricAlarmCommand(request), context);
      }
    },

    async states(_, names) {
      const states = await statesOf(names);
      return names.map((name) => states.get(name) ?? 'missing');
    },

    async remove(ref, names, context) {
      refuseForeign(ref, names);
      // One that is not there would make AWS keep all of them.
      for (const some of inBatches([...(await statesOf(names)).keys()], MOST_NAMES)) {
        await removeAll(cloudWatch, some, context);
      }
    },
  };
}

async function removeAll(
  client: CloudWatchClient,
  names: readonly string[],
  context: WriteContext,
): Promise<void> {
  try {
    await call(client, new DeleteAlarmsCommand({ AlarmNames: [...names] }), context);
  } catch (error) {
    if (!(error instanceof AwsError) || error.meaning !== 'not-found') throw error;
    // Somebody took one of them away meanwhile.
    for (const name of names) {
      await unlessMissing(call(client, new DeleteAlarmsCommand({ AlarmNames: [name] }), context));
    }
  }
}

/** The owner's alarms are read, never written. */
function refuseForeign(ref: GroupRef, names: readonly string[]): void {
  const foreign = names.find((name) => !name.startsWith(GUARD_PREFIX));
  if (foreign === undefined) return;
  throw new AwsError({
    meaning: 'refused',
    awsCode: 'Evenkeel',
    message: `alarm ${foreign} of ${ref.name} is not Evenkeel's to make or to remove`,
  });
}
