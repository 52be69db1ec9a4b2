import {
  AutoScalingClient,
  BatchDeleteScheduledActionCommand,
  BatchPutScheduledUpdateGroupActionCommand,
  DescribeScheduledActionsCommand,
} from '@aws-sdk/client-auto-scaling';
import type { ScheduledAction } from '@evenkeel/core/plan';
import type { Minute } from '@evenkeel/core/quantities';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { sleepingClock } from '../testing/recorded-endpoint.ts';
import { dateOf } from '../time.ts';
import { createScheduledActions } from './scheduled-actions.ts';

const aws = mockClient(AutoScalingClient);
const NOW = 29_000_000 as Minute;
const REF = { account: '1', region: 'eu-west-1', name: 'web' };
const CONTEXT = { decisionId: 'd' };

function port() {
  const clock = sleepingClock(NOW * 60_000);
  const client = new AutoScalingClient({ region: 'eu-west-1' });
  return { clock, port: createScheduledActions({ client, timing: clock.timing }) };
}

function step(minutes: number, minSize = 3): ScheduledAction {
  return { name: `evenkeel-${minutes}`, start: (NOW + minutes) as Minute, minSize };
}

function awsRefusal(name: string, message: string): Error {
  return Object.assign(new Error(message), { name, $metadata: { httpStatusCode: 400 } });
}

/** The names of each batch that was sent. */
function batches(): (string | undefined)[][] {
  return aws
    .commandCalls(BatchPutScheduledUpdateGroupActionCommand)
    .map((each) => (each.args[0].input.ScheduledUpdateGroupActions ?? []).map((a) => a.ScheduledActionName));
}

beforeEach(() => aws.reset());

describe('ScheduledActions on AWS, at the SDK boundary', () => {
  it('reads every page, in order of start', async () => {
    aws
      .on(DescribeScheduledActionsCommand)
      .resolvesOnce({
        ScheduledUpdateGroupActions: [{ ScheduledActionName: 'b', StartTime: dateOf((NOW + 9) as Minute) }],
        NextToken: 'more',
      })
      .resolves({
        ScheduledUpdateGroupActions: [{ ScheduledActionName: 'a', StartTime: dateOf((NOW + 5) as Minute) }],
      });
    expect((await port().port.list(REF)).map((action) => action.name)).toEqual(['a', 'b']);
    const inputs = aws.commandCalls(DescribeScheduledActionsCommand).map((each) => each.args[0].input);
    expect(inputs).toEqual([
      { AutoScalingGroupName: 'web', MaxRecords: 100, NextToken: undefined },
      { AutoScalingGroupName: 'web', MaxRecords: 100, NextToken: 'more' },
    ]);
  });

  it('S4: sends again what failed for a passing reason, gives what was refused for good, and no item twice', async () => {
    aws
      .on(BatchPutScheduledUpdateGroupActionCommand)
      .resolvesOnce({
        FailedScheduledUpdateGroupActions: [
          { ScheduledActionName: 'evenkeel-10', ErrorCode: 'ResourceContention', ErrorMessage: 'pending' },
          { ScheduledActionName: 'evenkeel-20', ErrorCode: 'AlreadyExists', ErrorMessage: 'start time' },
          { ScheduledActionName: 'evenkeel-30', ErrorCode: 'Throttling', ErrorMessage: 'Rate exceeded' },
        ],
      })
      .resolvesOnce({ FailedScheduledUpdateGroupActions: [] });
    const { port: actions, clock } = port();
    const failures = await actions.put(REF, [step(10), step(20), step(30), step(40)], CONTEXT);
    expect(failures).toEqual([{ name: 'evenkeel-20', code: 'AlreadyExists', message: 'start time' }]);
    expect(batches()).toEqual([
      ['evenkeel-10', 'evenkeel-20', 'evenkeel-30', 'evenkeel-40'],
      ['evenkeel-10', 'evenkeel-30'],
    ]);
    expect(clock.sleeps).toEqual([2_000]);
  });

  it.each([
    ['the 126th action', 'LimitExceeded', 'You have reached the maximum of 125 scheduled actions'],
    [
      'a start time that is taken',
      'AlreadyExists',
      'a scheduled action with this scheduled start time already exists',
    ],
    [
      'a MinSize above the group MaxSize',
      'ValidationError',
      'Min bound, 30, must be less than max bound, 20',
    ],
  ])('gives %s as a failure of that item, at once', async (_, ErrorCode, ErrorMessage) => {
    aws.on(BatchPutScheduledUpdateGroupActionCommand).resolves({
      FailedScheduledUpdateGroupActions: [{ ScheduledActionName: 'evenkeel-20', ErrorCode, ErrorMessage }],
    });
    const failures = await port().port.put(REF, [step(10), step(20)], CONTEXT);
    expect(failures).toEqual([{ name: 'evenkeel-20', code: ErrorCode, message: ErrorMessage }]);
    expect(batches()).toHaveLength(1);
  });

  it('S4: gives an item up after three tries', async () => {
    aws.on(BatchPutScheduledUpdateGroupActionCommand).resolves({
      FailedScheduledUpdateGroupActions: [
        { ScheduledActionName: 'evenkeel-10', ErrorCode: 'Throttling', ErrorMessage: 'Rate exceeded' },
      ],
    });
    const failures = await port().port.put(REF, [step(10)], CONTEXT);
    expect(failures.map((failure) => failure.code)).toEqual(['Throttling']);
    expect(batches()).toHaveLength(3);
  });

  it('keeps the other floors where AWS refuses the whole batch for one of them', async () => {
    aws.on(BatchPutScheduledUpdateGroupActionCommand).callsFake((input) => {
      const names = input.ScheduledUpdateGroupActions.map(
        (a: { ScheduledActionName: string }) => a.ScheduledActionName,
      );
      if (names.includes('evenkeel-30')) {
        throw awsRefusal(
          'AlreadyExistsFault',
          'a scheduled action with this scheduled start time already exists',
        );
      }
      return {};
    });
    const actions = [10, 20, 30, 40, 50].map((minutes) => step(minutes));
    const failures = await port().port.put(REF, actions, CONTEXT);
    expect(failures).toMatchObject([{ name: 'evenkeel-30', code: 'AlreadyExistsFault' }]);
    const landed = batches().filter((batch) => !batch.includes('evenkeel-30'));
    expect(new Set(landed.flat())).toEqual(
      new Set(['evenkeel-10', 'evenkeel-20', 'evenkeel-40', 'evenkeel-50']),
    );
    expect(landed.flat()).toHaveLength(4);
  });

  it.each([
    ['Throttling', 'Rate exceeded', 'throttled'],
    ['AccessDenied', 'not authorized to perform: autoscaling:BatchPutScheduledUpdateGroupAction', 'denied'],
    ['ValidationError', "AutoScalingGroup name not found - AutoScalingGroup 'web' not found", 'not-found'],
    ['ResourceContentionFault', 'pending update', 'conflict'],
    ['InternalFailure', 'sorry', 'unavailable'],
  ])('rejects as a whole on %s, once', async (name, message, code) => {
    aws.on(BatchPutScheduledUpdateGroupActionCommand).rejects(awsRefusal(name, message));
    await expect(port().port.put(REF, [step(10), step(20)], CONTEXT)).rejects.toMatchObject({ code });
    expect(batches()).toHaveLength(1);
  });

  it('calls nothing for what AWS is known to refuse', async () => {
    const wrong = [step(0), { ...step(10, 9), maxSize: 8 }, { name: 'empty', start: (NOW + 20) as Minute }];
    const failures = await port().port.put(REF, wrong, CONTEXT);
    expect(failures.map((failure) => failure.name)).toEqual(['evenkeel-0', 'evenkeel-10', 'empty']);
    expect(aws.calls()).toHaveLength(0);
  });

  it('deletes in one call and reports the names that were not there', async () => {
    aws.on(BatchDeleteScheduledActionCommand).resolves({
      FailedScheduledActions: [
        {
          ScheduledActionName: 'evenkeel-9',
          ErrorCode: 'ValidationError',
          ErrorMessage: 'Scheduled action name not found',
        },
      ],
    });
    const failures = await port().port.remove(REF, ['evenkeel-9', 'evenkeel-10'], CONTEXT);
    expect(failures.map((failure) => failure.name)).toEqual(['evenkeel-9']);
    expect(aws.calls()).toHaveLength(1);
  });
});
