import type {
  DesiredConfiguration,
  InstanceRefresh,
  StartInstanceRefreshType,
} from '@aws-sdk/client-auto-scaling';
import type { Minutes } from '@evenkeel/core/quantities';
import type { RefreshPreferences } from '@evenkeel/engine/ports';
import { typesOf } from './desired-configuration.ts';

const SECONDS_PER_MINUTE = 60;

/**
 * Launch before terminate, always: a new instance serves before an old one goes (an explicit MinHealthyPercentage of 100 and a
 * MaxHealthyPercentage). AWS itself goes back on an alarm and on failing launches. Protected and standby instances are waited for, an hour at
 * most: replacing them would break the owner's word, leaving them would leave two shapes for good.
 */
export function startRequest(
  group: string,
  configuration: DesiredConfiguration,
  preferences: RefreshPreferences,
): StartInstanceRefreshType {
  const { alarms, warmup, checkpoints } = preferences;
  return {
    AutoScalingGroupName: group,
    Strategy: 'Rolling',
    DesiredConfiguration: configuration,
    Preferences: {
      MinHealthyPercentage: 100,
      MaxHealthyPercentage: preferences.maxHealthyPercent,
      CheckpointPercentages: [...checkpoints],
      CheckpointDelay: secondsOf(preferences.checkpointDelay),
      BakeTime: secondsOf(preferences.bake),
      ...(warmup !== undefined && { InstanceWarmup: secondsOf(warmup) }),
      AutoRollback: true,
      // An instance of a second acceptable type would count as done, and nothing would be moved to the first.
      SkipMatching: false,
      ScaleInProtectedInstances: 'Wait',
      StandbyInstances: 'Wait',
      ...(alarms.length > 0 && { AlarmSpecification: { Alarms: [...alarms] } }),
    },
  };
}

/** Whether a refresh is what this request asks for: the same types and the same checkpoints under the same alarms. */
export function isWhatWasAsked(refresh: InstanceRefresh, request: StartInstanceRefreshType): boolean {
  const asked = request.Preferences;
  const stands = refresh.Preferences;
  return (
    sameList(typesOf(refresh.DesiredConfiguration), typesOf(request.DesiredConfiguration)) &&
    sameList(stands?.CheckpointPercentages, asked?.CheckpointPercentages) &&
    stands?.CheckpointDelay === asked?.CheckpointDelay &&
    sameList(stands?.AlarmSpecification?.Alarms?.toSorted(), asked?.AlarmSpecification?.Alarms?.toSorted())
  );
}

function sameList<Item>(one: readonly Item[] = [], other: readonly Item[] = []): boolean {
  return one.length === other.length && one.every((item, index) => item === other[index]);
}

/** AWS takes whole seconds; a warm-up may be any number of minutes. */
function secondsOf(minutes: Minutes): number {
  return Math.round(minutes * SECONDS_PER_MINUTE);
}
