import {
  BatchDeleteScheduledActionCommand,
  CreateOrUpdateTagsCommand,
  DescribeAutoScalingGroupsCommand,
  DescribeScheduledActionsCommand,
  UpdateAutoScalingGroupCommand,
} from '@aws-sdk/client-auto-scaling';
import { dateOf, minuteOfDate } from '@evenkeel/aws';
import type { Minute } from '@evenkeel/core/quantities';
import type { GroupRef } from '@evenkeel/engine/ports';
import type { AwsHarness, CpuPoint } from './aws-harness.ts';
import { jsonResult } from './front.ts';

/** A scheduled action as it stands in AWS, read past Evenkeel's own adapters. */
export interface StandingAction {
  readonly name: string;
  readonly start: Minute;
  readonly minSize: number | undefined;
  readonly others: readonly (number | string | undefined)[];
}

/** What people and AWS itself do to groups in the emulator, by the plain SDK. */
export interface Owner {
  actions(ref: GroupRef): Promise<readonly StandingAction[]>;
  minSize(ref: GroupRef): Promise<number>;
  /** Changes MinSize by hand or by a tool; the account's history tells who it was. */
  setMinSize(
    ref: GroupRef,
    minSize: number,
    by: { readonly user: string; readonly agent: string },
  ): Promise<void>;
  tag(ref: GroupRef, key: string, value: string): Promise<void>;
  /** Time passes: AWS runs the actions that are due, in order, and the clock stands at `to`. */
  passTime(ref: GroupRef, to: Minute): Promise<void>;
}

export function createOwner(aws: AwsHarness): Owner {
  const { autoScaling } = aws.clients;
  const history: { readonly group: string; readonly record: object }[] = [];
  aws.front.interceptor = ({ operation, body }) => {
    if (operation !== 'LookupEvents') return undefined;
    const { LookupAttributes } = JSON.parse(body) as { LookupAttributes: { AttributeValue: string }[] };
    const events = history.filter(({ group }) => group === LookupAttributes[0]?.AttributeValue);
    return jsonResult({ Events: events.map(({ record }) => ({ CloudTrailEvent: JSON.stringify(record) })) });
  };

  const actions = async (ref: GroupRef): Promise<readonly StandingAction[]> => {
    const command = new DescribeScheduledActionsCommand({ AutoScalingGroupName: ref.name });
    const { ScheduledUpdateGroupActions: standing = [] } = await autoScaling.send(command);
    return standing
      .map((action) => ({
        name: action.ScheduledActionName ?? '',
        start: minuteOfDate(action.StartTime ?? new Date(0)),
        minSize: action.MinSize,
        others: [action.MaxSize, action.DesiredCapacity, action.Recurrence],
      }))
      .sort((a, b) => a.start - b.start);
  };

  const resize = async (ref: GroupRef, minSize: number): Promise<void> => {
    const command = new DescribeAutoScalingGroupsCommand({ AutoScalingGroupNames: [ref.name] });
    const desired = (await autoScaling.send(command)).AutoScalingGroups?.[0]?.DesiredCapacity ?? 0;
    await autoScaling.send(
      new UpdateAutoScalingGroupCommand({
        AutoScalingGroupName: ref.name,
        MinSize: minSize,
        // A MinSize above the desired capacity raises it, in AWS as here.
        ...(minSize > desired && { DesiredCapacity: minSize }),
      }),
    );
  };

  return {
    actions,
    minSize: async (ref) => {
      const command = new DescribeAutoScalingGroupsCommand({ AutoScalingGroupNames: [ref.name] });
      return (await autoScaling.send(command)).AutoScalingGroups?.[0]?.MinSize ?? Number.NaN;
    },
    async setMinSize(ref, minSize, { user, agent }) {
      await resize(ref, minSize);
      history.push({
        group: ref.name,
        record: {
          eventID: `event-${history.length + 1}`,
          eventTime: dateOf(aws.now()).toISOString(),
          eventSource: 'autoscaling.amazonaws.com',
          eventName: 'UpdateAutoScalingGroup',
          userIdentity: { type: 'IAMUser', userName: user },
          userAgent: agent,
          requestParameters: { autoScalingGroupName: ref.name, minSize },
        },
      });
    },
    async tag(ref, Key, Value) {
      const tag = {
        ResourceId: ref.name,
        ResourceType: 'auto-scaling-group',
        Key,
        Value,
        PropagateAtLaunch: false,
      };
      await autoScaling.send(new CreateOrUpdateTagsCommand({ Tags: [tag] }));
    },
    async passTime(ref, to) {
      const due = (await actions(ref)).filter((action) => action.start <= to);
      for (const { minSize } of due) if (minSize !== undefined) await resize(ref, minSize);
      if (due.length > 0) {
        const command = new BatchDeleteScheduledActionCommand({
          AutoScalingGroupName: ref.name,
          ScheduledActionNames: due.map((action) => action.name),
        });
        await autoScaling.send(command);
      }
      aws.setNow(to);
    },
  };
}

const QUIET = 1;
const BUSY = 6;

/** An office's load in instances fully busy, every five minutes: from 8 to 18 UTC on six times the night's, at once. */
export function officeLoad(from: Minute, to: Minute): readonly CpuPoint[] {
  const points: CpuPoint[] = [];
  for (let at = Math.ceil(from / 5) * 5; at < to; at += 5) {
    const hour = (at % 1440) / 60;
    const demand = hour >= 8 && hour < 18 ? BUSY : QUIET;
    const instances = Math.ceil(demand / 0.5);
    points.push({ at: at as Minute, utilisation: demand / instances, instances });
  }
  return points;
}
