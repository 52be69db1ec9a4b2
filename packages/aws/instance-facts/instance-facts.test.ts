import {
  DescribeInstanceTypeOfferingsCommand,
  DescribeInstanceTypesCommand,
  EC2Client,
} from '@aws-sdk/client-ec2';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { sleepingClock } from '../testing/recorded-endpoint.ts';
import { createInstanceFacts, offeredInAll } from './instance-facts.ts';

const aws = mockClient(EC2Client);
const HOUR = 3_600_000;

function facts() {
  const clock = sleepingClock();
  return { clock, facts: createInstanceFacts(new EC2Client({ region: 'eu-west-1' }), clock.timing.now) };
}

beforeEach(() => aws.reset());

describe('createInstanceFacts', () => {
  it('reads every page once a day', async () => {
    aws
      .on(DescribeInstanceTypesCommand)
      .resolvesOnce({ InstanceTypes: [{ InstanceType: 'm7i.large' }], NextToken: 'more' })
      .resolves({ InstanceTypes: [{ InstanceType: 'm7g.large' }] });
    const { facts: port, clock } = facts();
    await port.types();
    expect((await port.types()).map((type) => type.InstanceType)).toEqual(['m7i.large', 'm7g.large']);
    expect(aws.calls()).toHaveLength(2);
    clock.advance(24 * HOUR);
    await port.types();
    expect(aws.calls()).toHaveLength(3);
  });

  it('gathers offerings by zone; what serves a group is what all of its zones offer', async () => {
    aws.on(DescribeInstanceTypeOfferingsCommand).resolves({
      InstanceTypeOfferings: [
        { Location: 'eu-west-1a', InstanceType: 'm7i.large' },
        { Location: 'eu-west-1a', InstanceType: 'm7g.large' },
        { Location: 'eu-west-1b', InstanceType: 'm7g.large' },
        { InstanceType: 'm7a.large' },
      ],
    });
    const offerings = await facts().facts.offerings();
    expect([...offeredInAll(offerings, ['eu-west-1a', 'eu-west-1b'])]).toEqual(['m7g.large']);
    expect(offeredInAll(offerings, ['eu-west-1a', 'eu-west-1z']).size).toBe(0);
    expect(offeredInAll(offerings, []).size).toBe(0);
  });

  it('does not remember a failure', async () => {
    aws
      .on(DescribeInstanceTypesCommand)
      .rejectsOnce(Object.assign(new Error('Request limit exceeded.'), { name: 'RequestLimitExceeded' }))
      .resolves({ InstanceTypes: [] });
    const { facts: port } = facts();
    await expect(port.types()).rejects.toMatchObject({ code: 'throttled' });
    expect(await port.types()).toEqual([]);
  });
});
