import { PortError } from '@evenkeel/engine/ports';
import { describe, expect, it } from 'vitest';
import { AwsError, type AwsMeaning, awsError } from './errors.ts';

/** An error as the SDK throws it. */
function sdkError(name: string, message: string, httpStatusCode = 400): Error {
  return Object.assign(new Error(message), { name, $metadata: { httpStatusCode } });
}

const CASES: readonly (readonly [name: string, message: string, status: number, meaning: AwsMeaning])[] = [
  ['Throttling', 'Rate exceeded', 400, 'throttled'],
  ['ThrottlingException', 'Rate exceeded', 400, 'throttled'],
  ['RequestLimitExceeded', 'Request limit exceeded.', 503, 'throttled'],
  ['ProvisionedThroughputExceededException', 'slow', 400, 'throttled'],
  ['SomethingNew', 'Rate exceeded', 400, 'throttled'],
  ['LimitExceeded', 'You already have 125 scheduled actions', 400, 'quota'],
  ['LimitExceededFault', 'too many policies', 400, 'quota'],
  [
    'VcpuLimitExceeded',
    'You have requested more vCPU capacity than your current vCPU limit of 16 allows',
    400,
    'quota',
  ],
  ['InsufficientInstanceCapacity', 'We currently do not have sufficient m7g.large capacity', 500, 'capacity'],
  ['ValidationError', 'AutoScalingGroup name not found - null', 400, 'not-found'],
  ['ValidationError', "AutoScalingGroup name not found - AutoScalingGroup 'web' not found", 400, 'not-found'],
  ['ResourceNotFoundException', 'Schedule evenkeel-lease-1 does not exist.', 404, 'not-found'],
  ['StackNotFoundException', 'no', 400, 'not-found'],
  ['ValidationError', 'Given start time is in the past', 400, 'refused'],
  ['ValidationError', 'Max bound, 3, must be greater than or equal to min bound, 5', 400, 'refused'],
  [
    'ValidationError',
    'An active instance refresh with a desired configuration exists. All configuration options …',
    400,
    'conflict',
  ],
  ['AlreadyExists', 'a scheduled action with this scheduled start time already exists', 400, 'conflict'],
  ['ResourceContentionFault', 'You already have a pending update', 500, 'conflict'],
  ['ScalingActivityInProgressFault', 'Activity is in progress', 400, 'conflict'],
  ['InstanceRefreshInProgressFault', 'An instance refresh is in progress', 400, 'conflict'],
  ['ConditionalCheckFailedException', 'The conditional request failed', 400, 'conflict'],
  [
    'AccessDenied',
    'User: arn:aws:sts::1:assumed-role/x is not authorized to perform: autoscaling:PutScalingPolicy',
    403,
    'denied',
  ],
  ['UnauthorizedOperation', 'You are not authorized to perform this operation.', 403, 'denied'],
  ['ExpiredTokenException', 'The security token included in the request is expired', 403, 'credentials'],
  ['CredentialsProviderError', 'Could not load credentials from any providers', 0, 'credentials'],
  ['InternalFailure', 'An internal error has occurred', 500, 'unavailable'],
  ['TimeoutError', 'socket hang up', 0, 'unavailable'],
];

describe('awsError', () => {
  it.each(CASES)('%s "%s" (%i) means %s', (name, message, status, meaning) => {
    expect(awsError(sdkError(name, message, status), 'autoscaling:DescribePolicies')).toMatchObject({
      meaning,
      awsCode: name,
    });
  });

  it('is the PortError the engine knows', () => {
    const error = awsError(sdkError('Throttling', 'Rate exceeded'), 'autoscaling:DescribePolicies');
    expect(error).toBeInstanceOf(PortError);
    expect(error.code).toBe('throttled');
  });

  it('names the permission AWS names, and the one of the call where AWS names none', () => {
    const named = 'User: arn:aws:iam::1:user/x is not authorized to perform: iam:PassRole on resource: y';
    expect(awsError(sdkError('AccessDeniedException', named), 'scheduler:CreateSchedule').permission).toBe(
      'iam:PassRole',
    );
    const unnamed = awsError(
      sdkError('UnauthorizedOperation', 'You are not authorized'),
      'ec2:DescribeImages',
    );
    expect(unnamed.permission).toBe('ec2:DescribeImages');
    expect(unnamed.message).toContain('the permission ec2:DescribeImages is missing');
  });

  it('reads the code of a network error, whose name is only "Error"', () => {
    const error = awsError(Object.assign(new Error('connect refused'), { code: 'ECONNREFUSED' }), 'a:B');
    expect(error).toMatchObject({ meaning: 'unavailable', awsCode: 'ECONNREFUSED' });
  });

  it('leaves an AwsError as it is and takes anything else that was thrown', () => {
    const first = awsError(sdkError('Throttling', 'x'), 'a:B');
    expect(awsError(first, 'c:D')).toBe(first);
    expect(awsError('just a string', 'a:B')).toMatchObject({ meaning: 'unavailable', awsCode: 'Unknown' });
    expect(awsError(undefined, 'a:B')).toBeInstanceOf(AwsError);
  });
});
