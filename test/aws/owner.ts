import {
  BatchDeleteScheduledActionCommand,
  CreateOrUpdateTagsCommand,
  DescribeAutoScalingGroupsCommand,
  DescribeScheduledActionsCommand,
  UpdateAutoScalingGroupCommand,
} from '@aws-sdk/client-auto-scaling';
import { dateOf, minuteOfDate } from '@evenkeel/aws';
import type { Minute } from '@evenkeel/core/quantities';
import { advance, createRun, createWorld, track } from '@evenkeel/core/replay';
import type { GroupRef } from '@evenkeel/engine/ports';
import { type AwsHarness, type CpuPoint, NOON } from './aws-harness.ts';
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

const QUIET = 3;
const BUSY = 6;
const HISTORY_DAYS = 16;
const ALL_DAYS = 24;
const BEGIN = (NOON - HISTORY_DAYS * 1440) as Minute;

/** An office's demand in instances fully busy: from 8 to 18 UTC twice the night's, within half an hour. */
function demandAt(at: number): number {
  const hour = (at % 1440) / 60;
  if (hour < 8 || hour >= 18) return QUIET;
  return QUIET + (BUSY - QUIET) * Math.min(1, (hour - 8) * 2);
}

/** What the group's own target tracking at 50 % makes of it: the load as CloudWatch would have it. */
const OWN = (() => {
  const world = createWorld({
    startup: 5,
    metricDelay: 2,
    metricBlock: 5,
    bounds: { min: 2, max: 20 },
    sloUtilisation: 0.7,
  });
  const demand = Float64Array.from({ length: ALL_DAYS * 1440 }, (_, index) => demandAt(BEGIN + index));
  const run = createRun({ world, policy: track(0.5), minutes: demand.length, initial: 4 });
  advance(run, demand, demand.length);
  return run;
})();

/** The group's load, every five minutes: the datapoints that are over after `from` and by `to`, so that ranges follow each other. */
export function officeLoad(from: Minute, to: Minute): readonly CpuPoint[] {
  const points: CpuPoint[] = [];
  const first = Math.max(BEGIN, (Math.floor(from / 5) + 1) * 5 - 5);
  for (let at = first; at + 5 <= to; at += 5) {
    const index = at - BEGIN;
    const visible = OWN.visible.subarray(index, index + 5).reduce((sum, each) => sum + each, 0) / 5;
    const instances = OWN.inService[index] ?? 0;
    points.push({ at: at as Minute, utilisation: visible / instances, instances });
  }
  return points;
}
