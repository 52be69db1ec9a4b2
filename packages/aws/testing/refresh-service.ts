import type { Minute } from '@evenkeel/core/quantities';
import { dateOf } from '../time.ts';
import { type QueryFields, QueryRefusal, type QueryValue, queryService, textOf } from './query-protocol.ts';

interface KeptGroup {
  readonly name: string;
  readonly template: QueryFields;
  /** The rest of DescribeAutoScalingGroups. */
  readonly fields: QueryFields;
}

interface KeptRefresh {
  readonly group: string;
  readonly id: string;
  status: string;
  fields: QueryFields;
  /** Not seen by so many readings yet: what was written shows late. */
  hiddenFor: number;
}

/**
 * What EC2 Auto Scaling does about instance refreshes, as its user guide tells it: one active per group, alarms that must be OK, percentages
 * that rise to 100, a way back only from a numbered template version. No instances: `move` plays what they do.
 */
export function refreshService(now: () => Minute) {
  const groups = new Map<string, KeptGroup>();
  const refreshes: KeptRefresh[] = [];
  const alarms = new Map<string, string>();
  const lag = { readings: 0 };

  const groupOf = (fields: QueryFields): KeptGroup => {
    const found = groups.get(textOf(fields, 'AutoScalingGroupName'));
    if (found) return found;
    throw new QueryRefusal('ValidationError', 'AutoScalingGroup name not found - null');
  };
  const newest = (group: string) => refreshes.findLast((each) => each.group === group);
  const activeOf = ({ name }: KeptGroup): KeptRefresh => {
    const refresh = newest(name);
    if (refresh && ['Pending', 'InProgress', 'Baking'].includes(refresh.status)) return refresh;
    throw new QueryRefusal('ActiveInstanceRefreshNotFound', `no active instance refresh of ${name}`);
  };

  const service = queryService({
    DescribeAutoScalingGroups: ({ AutoScalingGroupNames: names }) => ({
      AutoScalingGroups: ((names ?? []) as string[]).flatMap((name) => {
        const group = groups.get(name);
        return group ? [{ AutoScalingGroupName: group.name, ...group.fields }] : [];
      }),
    }),

    StartInstanceRefresh: (fields) => {
      const group = groupOf(fields);
      const standing = newest(group.name);
      if (standing && !standing.fields.EndTime) {
        throw new QueryRefusal('InstanceRefreshInProgress', `${standing.id} is in progress`);
      }
      checkPreferences(fields.Preferences as QueryFields, alarms);
      const id = `refresh-${refreshes.length + 1}`;
      const { DesiredConfiguration, Preferences } = fields as Record<string, QueryFields>;
      refreshes.push({
        group: group.name,
        id,
        status: 'InProgress',
        hiddenFor: lag.readings,
        fields: {
          StartTime: dateOf(now()).toISOString(),
          PercentageComplete: '0',
          DesiredConfiguration: DesiredConfiguration ?? {},
          Preferences: Preferences ?? {},
        },
      });
      return { InstanceRefreshId: id };
    },

    DescribeInstanceRefreshes: (fields) => {
      const group = groupOf(fields);
      const shown = refreshes.filter((each) => each.group === group.name && each.hiddenFor === 0);
      for (const each of refreshes) each.hiddenFor = Math.max(0, each.hiddenFor - 1);
      const most = Number(fields.MaxRecords ?? 50);
      return {
        InstanceRefreshes: shown
          .toReversed()
          .slice(0, most)
          .map((each) => ({
            InstanceRefreshId: each.id,
            AutoScalingGroupName: group.name,
            Status: each.status,
            ...each.fields,
          })),
      };
    },

    RollbackInstanceRefresh: (fields) => {
      const group = groupOf(fields);
      const refresh = activeOf(group);
      const version = textOf(group.template, 'Version');
      if (!/^\d+$/.test(version)) {
        throw new QueryRefusal('IrreversibleInstanceRefresh', `${group.name} uses ${version}`);
      }
      refresh.status = 'RollbackInProgress';
      return { InstanceRefreshId: refresh.id };
    },

    CancelInstanceRefresh: (fields) => {
      const refresh = activeOf(groupOf(fields));
      refresh.status = 'Cancelled';
      refresh.fields = { ...refresh.fields, EndTime: dateOf(now()).toISOString() };
      return { InstanceRefreshId: refresh.id };
    },
  });

  return {
    ...service,
    alarms,
    /** How many readings a new refresh is hidden from. */
    lag,
    addGroup(name: string, template: QueryFields, fields: QueryFields = { LaunchTemplate: template }): void {
      groups.set(name, { name, template, fields: { MinSize: '2', MaxSize: '20', ...fields } });
    },
    /** Moves the newest refresh of a group on; a field that is undefined goes. */
    move(group: string, status: string, fields: Readonly<Record<string, QueryValue | undefined>> = {}): void {
      const refresh = newest(group);
      if (!refresh) throw new RangeError(`${group} has no refresh`);
      refresh.status = status;
      const all = Object.entries({ ...refresh.fields, ...fields });
      refresh.fields = Object.fromEntries(
        all.flatMap(([name, each]) => (each === undefined ? [] : [[name, each]])),
      );
    },
    started: () => refreshes.length,
  };
}

function checkPreferences(preferences: QueryFields, alarms: ReadonlyMap<string, string>): void {
  const refuse = (message: string) => new QueryRefusal('ValidationError', message);
  const checkpoints = ((preferences.CheckpointPercentages ?? []) as string[]).map(Number);
  const rising = checkpoints.every((each, i) => each >= 1 && each > (checkpoints[i - 1] ?? 0));
  if (!rising || (checkpoints.length > 0 && checkpoints.at(-1) !== 100)) {
    throw refuse('CheckpointPercentages must be unique, in ascending order, and end with 100');
  }
  const [least, most] = [Number(preferences.MinHealthyPercentage), Number(preferences.MaxHealthyPercentage)];
  if (most < 100 || most > 200 || most - least > 100) {
    throw refuse('MaxHealthyPercentage must be from 100 to 200 and not over 100 above the minimum');
  }
  const named = ((preferences.AlarmSpecification as QueryFields | undefined)?.Alarms ?? []) as string[];
  const bad = named.find((name) => alarms.get(name) !== 'OK');
  if (bad !== undefined) throw refuse(`alarm ${bad} is ${alarms.get(bad) ?? 'not there'}, not OK`);
}
