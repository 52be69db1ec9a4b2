import type {
  FailedScheduledUpdateGroupActionRequest,
  ScheduledUpdateGroupAction,
  ScheduledUpdateGroupActionRequest,
} from '@aws-sdk/client-auto-scaling';
import type { ScheduledAction } from '@evenkeel/core/plan';
import type { ItemFailure } from '@evenkeel/engine/ports';
import { dateOf, minuteOfDate } from '../time.ts';

/**
 * One item of DescribeScheduledActions; undefined where it has neither name nor start, which nothing can be planned with.
 * For a recurring action AWS gives the next run as the start.
 */
export function scheduledActionFrom(answer: ScheduledUpdateGroupAction): ScheduledAction | undefined {
  // `Time` is the old name of `StartTime`; old groups and the emulator may fill one only.
  const start = answer.StartTime ?? answer.Time;
  if (answer.ScheduledActionName === undefined || start === undefined) return undefined;
  return {
    name: answer.ScheduledActionName,
    start: minuteOfDate(start),
    ...(answer.MinSize !== undefined && { minSize: answer.MinSize }),
    ...(answer.MaxSize !== undefined && { maxSize: answer.MaxSize }),
    ...(answer.DesiredCapacity !== undefined && { desired: answer.DesiredCapacity }),
    ...(answer.Recurrence !== undefined && { recurrence: answer.Recurrence }),
    ...(answer.TimeZone !== undefined && { timeZone: answer.TimeZone }),
    ...(answer.EndTime !== undefined && { end: minuteOfDate(answer.EndTime) }),
  };
}

/**
 * One item of BatchPutScheduledUpdateGroupAction. Every field of the action is sent each time: whether a field left out of an
 * update is kept or cleared is not documented.
 */
export function requestFrom(action: ScheduledAction): ScheduledUpdateGroupActionRequest {
  return {
    ScheduledActionName: action.name,
    StartTime: dateOf(action.start),
    MinSize: action.minSize,
    MaxSize: action.maxSize,
    DesiredCapacity: action.desired,
    Recurrence: action.recurrence,
    TimeZone: action.timeZone,
    EndTime: action.end === undefined ? undefined : dateOf(action.end),
  };
}

/** A refused item of a batch, as the body of the answer tells it. */
export function failureFrom(answer: FailedScheduledUpdateGroupActionRequest): ItemFailure {
  return {
    name: answer.ScheduledActionName ?? 'unnamed',
    code: answer.ErrorCode ?? 'Unknown',
    message: answer.ErrorMessage ?? answer.ErrorCode ?? 'AWS gave no reason',
  };
}
