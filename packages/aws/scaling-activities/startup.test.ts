import type { Activity, ScalingActivityStatusCode } from '@aws-sdk/client-auto-scaling';
import { AutoScalingClient, DescribeScalingActivitiesCommand } from '@aws-sdk/client-auto-scaling';
import { mockClient } from 'aws-sdk-client-mock';
import { describe, expect, it } from 'vitest';
import { sleepingClock } from '../testing/recorded-endpoint.ts';
import { startupFrom } from './startup.ts';
import { createStartupTimes } from './startup-times.ts';

/** An activity as DescribeScalingActivities gives it, that took so many minutes. */
function activity(
  minutes: number | undefined,
  Description = 'Launching a new EC2 instance: i-0abc',
  StatusCode: ScalingActivityStatusCode = 'Successful',
): Activity {
  const StartTime = new Date('2026-03-02T08:00:00Z');
  return {
    ActivityId: 'a',
    AutoScalingGroupName: 'web',
    Cause: 'At 2026-03-02T08:00:00Z an instance was started in response to a difference …',
    Description,
    StatusCode,
    StartTime,
    ...(minutes !== undefined && { EndTime: new Date(StartTime.getTime() + minutes * 60_000) }),
  };
}

describe('startupFrom', () => {
  it.each<[string, readonly Activity[], number | undefined]>([
    ['the slowest of a few launches, in whole minutes', [activity(2.2), activity(3.4)], 4],
    [
      'nine of ten of many',
      Array.from({ length: 21 }, (_, index) => activity(index === 20 ? 50 : index % 2 === 0 ? 2 : 3)),
      3,
    ],
    ['at least a minute', [activity(0.2)], 1],
    ['no launches', [], undefined],
    ['only terminations', [activity(5, 'Terminating EC2 instance: i-0abc')], undefined],
    ['only failed launches', [activity(5, undefined, 'Failed')], undefined],
    ['a launch that is not over', [activity(undefined)], undefined],
    ['one that hung does not count', [activity(2), activity(600)], 2],
    ['a clock that went backwards', [activity(-3)], undefined],
  ])('%s', (_, activities, expected) => {
    expect(startupFrom(activities)).toBe(expected);
  });
});

describe('createStartupTimes', () => {
  it('measures by one call, remembers for a day, and takes a group that is gone for one without launches', async () => {
    const aws = mockClient(AutoScalingClient);
    aws.on(DescribeScalingActivitiesCommand).resolvesOnce({ Activities: [activity(4)] });
    const clock = sleepingClock(29_000_000 * 60_000);
    const times = createStartupTimes(new AutoScalingClient({ region: 'eu-west-1' }), clock.timing.now);
    const ref = { account: '1', region: 'eu-west-1', name: 'web' };
    expect([times.isStale(ref), times.known(ref)]).toEqual([true, undefined]);
    await times.measure(ref);
    expect([times.isStale(ref), times.known(ref)]).toEqual([false, 4]);
    clock.advance(24 * 3_600_000);
    expect(times.isStale(ref)).toBe(true);
    aws
      .on(DescribeScalingActivitiesCommand)
      .rejects(
        Object.assign(new Error('AutoScalingGroup name not found - null'), { name: 'ValidationError' }),
      );
    await times.measure(ref);
    expect([times.isStale(ref), times.known(ref)]).toEqual([false, undefined]);
  });
});
