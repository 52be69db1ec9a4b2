import type { ScheduledUpdateGroupAction } from '@aws-sdk/client-auto-scaling';
import type { ScheduledAction } from '@evenkeel/core/plan';
import type { Minute } from '@evenkeel/core/quantities';
import { describe, expect, it } from 'vitest';
import { failureFrom, requestFrom, scheduledActionFrom } from './scheduled-action.ts';

const START = new Date('2026-03-02T08:00:00Z');
const AT = (START.getTime() / 60_000) as Minute;
const ARN = 'arn:aws:autoscaling:eu-west-1:1:scheduledUpdateGroupAction:4b5e:autoScalingGroupName/web';

const CASES: readonly (readonly [string, ScheduledUpdateGroupAction, ScheduledAction | undefined])[] = [
  [
    'a floor of ours',
    {
      AutoScalingGroupName: 'web',
      ScheduledActionName: 'evenkeel-1',
      ScheduledActionARN: ARN,
      StartTime: START,
      Time: START,
      MinSize: 7,
    },
    { name: 'evenkeel-1', start: AT, minSize: 7 },
  ],
  [
    "an owner's recurring action with all sizes, a zone and an end",
    {
      ScheduledActionName: 'office-hours',
      StartTime: START,
      Recurrence: '0 8 * * 1-5',
      TimeZone: 'Europe/Berlin',
      EndTime: new Date('2026-12-31T00:00:00Z'),
      MinSize: 0,
      MaxSize: 10,
      DesiredCapacity: 0,
    },
    {
      name: 'office-hours',
      start: AT,
      minSize: 0,
      maxSize: 10,
      desired: 0,
      recurrence: '0 8 * * 1-5',
      timeZone: 'Europe/Berlin',
      end: (Date.UTC(2026, 11, 31) / 60_000) as Minute,
    },
  ],
  ['the old field for the start', { ScheduledActionName: 'a', Time: START }, { name: 'a', start: AT }],
  ['an action without a start', { ScheduledActionName: 'a', MinSize: 1 }, undefined],
];

describe('scheduledActionFrom', () => {
  it.each(CASES)('reads %s', (_, answer, expected) => {
    expect(scheduledActionFrom(answer)).toEqual(expected);
  });

  it('gives back what requestFrom sent', () => {
    for (const [, , action] of CASES) {
      if (action) expect(scheduledActionFrom(requestFrom(action))).toEqual(action);
    }
  });
});

describe('failureFrom', () => {
  it('keeps the code and the sentence of AWS, and says so where there is none', () => {
    expect(
      failureFrom({ ScheduledActionName: 'a', ErrorCode: 'LimitExceeded', ErrorMessage: '125' }),
    ).toEqual({ name: 'a', code: 'LimitExceeded', message: '125' });
    expect(failureFrom({ ScheduledActionName: 'a' })).toMatchObject({ message: 'AWS gave no reason' });
  });
});
